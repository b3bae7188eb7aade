"""Pictures of what a model got wrong on held-out sheets, as one small montage for its card."""

from pathlib import Path

import cv2
import numpy as np

TILE, LABEL = 128, 14  # px of a tile, and of the line of text under it


def tile_of(grey: np.ndarray, box: tuple[float, float, float, float], text: str, colour: tuple[int, int, int]) -> np.ndarray:
    """The surroundings of a box (x1, y1, x2, y2) as a tile [TILE+LABEL,TILE,3] with the box drawn and a line of text below."""
    x1, y1, x2, y2 = box
    side = int(max(48, 2.2 * max(x2 - x1, y2 - y1)))
    left, top = int((x1 + x2 - side) / 2), int((y1 + y2 - side) / 2)
    part = np.full((side, side), 128, np.uint8)
    a, b, c, d = max(left, 0), max(top, 0), min(left + side, grey.shape[1]), min(top + side, grey.shape[0])
    if c > a and d > b:
        part[b - top : d - top, a - left : c - left] = grey[b:d, a:c]
    scale = TILE / side
    picture = cv2.cvtColor(cv2.resize(part, (TILE, TILE), interpolation=cv2.INTER_AREA), cv2.COLOR_GRAY2RGB)
    corner = (int((x1 - left) * scale) - 1, int((y1 - top) * scale) - 1), (int((x2 - left) * scale) + 1, int((y2 - top) * scale) + 1)
    cv2.rectangle(picture, *corner, colour, 1)
    return labelled(picture, text)


def labelled(picture: np.ndarray, text: str) -> np.ndarray:
    """A picture [TILE,w,3] with a line of small text below."""
    line = np.full((LABEL, picture.shape[1], 3), 255, np.uint8)
    cv2.putText(line, text, (1, LABEL - 4), cv2.FONT_HERSHEY_SIMPLEX, 0.29, (0, 0, 0), 1, cv2.LINE_AA)
    return np.concatenate([picture, line])


def write_montage(tiles: list[np.ndarray], path: Path, columns: int = 8) -> None:
    """Tiles of one size in rows, as a PNG of few colours; no file for no tiles."""
    if not tiles:
        return
    columns = min(columns, len(tiles))
    blank = np.full_like(tiles[0], 255)
    padded = tiles + [blank] * (-len(tiles) % columns)
    rows = [np.concatenate(padded[i : i + columns], 1) for i in range(0, len(padded), columns)]
    image = np.concatenate(rows) // 32 * 32 + 16  # eight levels compress five times better and show as much
    cv2.imwrite(str(path), cv2.cvtColor(image, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_PNG_COMPRESSION, 9])
