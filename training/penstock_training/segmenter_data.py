"""Batches for the segmenter: crops that show every line style often, however rare it is on the sheets."""

import numpy as np
import torch

from .crop import cut, random_window, scaled_grey, scaled_labels, turned
from .degrade import degrade
from .segmenter_model import CLASSES
from .sheets import Sheet

# How often a crop is centred on ink of each class; the rest of the probability is "anywhere".
FOCUS = np.array([0.0, 0.10, 0.13, 0.09, 0.09, 0.09, 0.05, 0.12, 0.15])
WIDE = 0.5  # share of batches that hold one crop of four times the area instead: what is seen from afar is learned there
STEP = 6  # ink pixels are looked for on every sixth row and column


class SegmenterBatches:
    """Callable: step -> (images [B,1,S,S] float32, labels [B,S,S] int64), or as many pixels in fewer, larger crops."""

    def __init__(self, sheets: list[Sheet], batch: int, size: int, seed: int):
        self.sheets, self.batch, self.size, self.seed = sheets, batch, size, seed
        self.spots = [[] for _ in CLASSES]  # per class: (sheet index, x, y) of some of its ink pixels
        rng = np.random.default_rng(seed)
        for index, sheet in enumerate(sheets):
            coarse = np.asarray(sheet.style[::STEP, ::STEP])
            for kind in range(1, len(CLASSES)):
                rows, columns = np.nonzero(coarse == kind)
                if len(rows):
                    keep = rng.permutation(len(rows))[:400]
                    self.spots[kind].append(np.stack([np.full(len(keep), index), columns[keep] * STEP, rows[keep] * STEP], 1))
        present = np.array([bool(spots) for spots in self.spots])
        self.focus = np.where(present, FOCUS, 0)

    def __call__(self, step: int) -> tuple[torch.Tensor, torch.Tensor]:
        rng = np.random.default_rng([self.seed, step])
        wide = self.batch >= 4 and rng.random() < WIDE
        count, size = (self.batch // 4, self.size * 2) if wide else (self.batch, self.size)
        pairs = [self.sample(rng, size) for _ in range(count)]
        images = torch.from_numpy(np.stack([image for image, _ in pairs])[:, None])
        return images, torch.from_numpy(np.stack([labels for _, labels in pairs]).astype(np.int64))

    def sample(self, rng: np.random.Generator, size: int) -> tuple[np.ndarray, np.ndarray]:
        """One damaged crop and its labels. A third is shown at its own scale, the rest between 0.45 and 1.6."""
        scale = 1.0 if rng.random() < 0.35 else float(np.exp(rng.uniform(np.log(0.45), np.log(1.6))))
        draw = rng.random()
        kind = int(np.searchsorted(np.cumsum(self.focus), draw, side="right"))
        if kind < len(CLASSES):
            by_sheet = self.spots[kind][int(rng.integers(len(self.spots[kind])))]
            index, x, y = by_sheet[int(rng.integers(len(by_sheet)))]
            sheet, centre = self.sheets[int(index)], (int(x), int(y))
        else:
            sheet, centre = self.sheets[int(rng.integers(len(self.sheets)))], None
        window = random_window(rng, sheet.grey.shape, size, scale, centre)
        ground = int(np.median(sheet.grey[::97, ::89]))
        image = turned(scaled_grey(cut(sheet.grey, window, ground), window), window)
        labels = turned(scaled_labels(cut(sheet.style, window, 0), window, len(CLASSES)), window)
        return degrade(image, rng), labels
