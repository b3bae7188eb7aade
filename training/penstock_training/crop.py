"""Random windows of a sheet: position, scale, quarter turns and flips, for pixels, masks and boxes alike."""

from dataclasses import dataclass

import cv2
import numpy as np


@dataclass
class Window:
    """A square of `side` sheet pixels at (x, y), shown as `size` pixels, then turned `quarter` x 90 deg and maybe mirrored."""

    x: int
    y: int
    side: int
    size: int
    quarter: int
    mirror: bool

    @property
    def scale(self) -> float:
        """Output pixels per sheet pixel."""
        return self.size / self.side


def random_window(rng: np.random.Generator, shape: tuple[int, int], size: int, scale: float, centre=None, turn=True) -> Window:
    """A window of `size` output pixels at `scale`; around `centre` (sheet px, jittered) or anywhere, at most a tenth outside."""
    side = max(8, int(round(size / scale)))
    height, width = shape
    slack = side // 10
    if centre is None:
        x = int(rng.integers(-slack, max(width - side + slack, -slack + 1)))
        y = int(rng.integers(-slack, max(height - side + slack, -slack + 1)))
    else:
        x = int(centre[0] - side * rng.uniform(0.15, 0.85))
        y = int(centre[1] - side * rng.uniform(0.15, 0.85))
    quarter = int(rng.integers(0, 4)) if turn and rng.random() < 0.5 else 0
    return Window(x, y, side, size, quarter, bool(turn and rng.random() < 0.5))


def cut(plane: np.ndarray, window: Window, fill: int) -> np.ndarray:
    """The sheet pixels under the window, uint8 [side,side]; outside the sheet is `fill`. Neither scaled nor turned yet."""
    height, width = plane.shape
    x0, y0 = max(window.x, 0), max(window.y, 0)
    x1, y1 = min(window.x + window.side, width), min(window.y + window.side, height)
    out = np.full((window.side, window.side), fill, dtype=np.uint8)
    if x1 > x0 and y1 > y0:
        out[y0 - window.y : y1 - window.y, x0 - window.x : x1 - window.x] = plane[y0:y1, x0:x1]
    return out


def turned(image: np.ndarray, window: Window) -> np.ndarray:
    """Applies the quarter turns (counter-clockwise) and the mirror (left-right)."""
    image = np.rot90(image, window.quarter)
    return np.ascontiguousarray(image[:, ::-1] if window.mirror else image)


def scaled_grey(image: np.ndarray, window: Window) -> np.ndarray:
    """Resamples grey pixels to `size`: area average when shrinking (thin lines fade, but never vanish), bilinear when growing."""
    if image.shape[0] == window.size:
        return image
    how = cv2.INTER_AREA if window.scale < 1 else cv2.INTER_LINEAR
    return cv2.resize(image, (window.size, window.size), interpolation=how)


def scaled_labels(labels: np.ndarray, window: Window, classes: int) -> np.ndarray:
    """Resamples an index mask to `size`. When shrinking, an ink class wins a pixel it covers by at least 40 %."""
    size = (window.size, window.size)
    if labels.shape[0] == window.size:
        return labels
    if window.scale >= 1:
        return cv2.resize(labels, size, interpolation=cv2.INTER_NEAREST_EXACT)
    best = np.full(size[::-1], 101, dtype=np.uint8)
    out = np.zeros(size[::-1], dtype=np.uint8)
    for index in range(1, classes):
        plane = labels == index
        if not plane.any():
            continue
        cover = cv2.resize(plane.astype(np.uint8) * 255, size, interpolation=cv2.INTER_AREA)
        wins = cover > best
        out[wins], best[wins] = index, cover[wins]
    return out


def boxes_in_window(boxes: np.ndarray, window: Window) -> np.ndarray:
    """Maps boxes [n,4] (x1,y1,x2,y2 in sheet px) to window pixels, unclipped."""
    shift = np.array([window.x, window.y, window.x, window.y], dtype=np.float32)
    out = (boxes.astype(np.float32) - shift) * window.scale
    for _ in range(window.quarter):  # np.rot90: (x, y) -> (y, size - x)
        x1, y1, x2, y2 = out.T
        out = np.stack([y1, window.size - x2, y2, window.size - x1], axis=1)
    if window.mirror:
        x1, y1, x2, y2 = out.T
        out = np.stack([window.size - x2, y1, window.size - x1, y2], axis=1)
    return out
