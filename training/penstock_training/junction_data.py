"""Batches of junction patches, balanced over the kinds, with the errors a real cut makes."""

import numpy as np
import torch

from .degrade import degrade
from .junction_points import NAMES, NONE, Points
from .patch import cut_patch
from .sheets import Sheet, line_width_of


class JunctionBatches:
    """Callable: step -> (patches [B,1,48,48], kinds [B])."""

    def __init__(self, sheets: list[Sheet], points: Points, size: int, seed: int):
        self.sheets, self.points, self.size, self.seed = sheets, points, size, seed
        counts = np.bincount(points.kind, minlength=len(NAMES)).astype(np.float64)
        # square root: rare kinds are seen more often than they occur, common ones still most often
        weight = np.where(counts > 0, np.sqrt(counts), 0)
        weight[NONE] *= 1.5
        self.share = weight / weight.sum()
        self.natural = counts / counts.sum()
        self.by_kind = [np.flatnonzero(points.kind == kind) for kind in range(len(NAMES))]

    def __call__(self, step: int) -> tuple[torch.Tensor, torch.Tensor]:
        rng = np.random.default_rng([self.seed, step])
        kinds = rng.choice(len(NAMES), self.size, p=self.share)
        patches = [self.patch(int(rng.choice(self.by_kind[kind])), rng) for kind in kinds]
        return torch.from_numpy(np.stack(patches)[:, None]), torch.from_numpy(kinds.astype(np.int64))

    def patch(self, index: int, rng: np.random.Generator) -> np.ndarray:
        """One patch: up to 2 px (or 0.8 line widths) off its place, line width misjudged by up to 30 %, turned, damaged."""
        sheet = self.sheets[self.points.sheet[index]]
        width = line_width_of(sheet)
        x, y = self.points.at[index] + rng.uniform(-1, 1, 2) * min(2.0, 0.8 * width)
        image = cut_patch(sheet.grey, float(x), float(y), width, float(np.exp(rng.uniform(-0.26, 0.26))))
        image = np.rot90(image, int(rng.integers(0, 4)))
        image = image[:, ::-1] if rng.random() < 0.5 else image
        return degrade((np.ascontiguousarray(image) * 255).astype(np.uint8), rng)


def fixed_patches(sheets: list[Sheet], points: Points, limit: int = 4000, seed: int = 3) -> tuple[torch.Tensor, torch.Tensor]:
    """Held-out patches as they are: +-1 px off, nothing else; all kinds in their natural shares."""
    rng = np.random.default_rng(seed)
    chosen = rng.permutation(len(points.kind))[:limit]
    patches = []
    for index in chosen:
        sheet = sheets[points.sheet[index]]
        x, y = points.at[index] + rng.uniform(-1, 1, 2)
        patches.append(cut_patch(sheet.grey, float(x), float(y), line_width_of(sheet)))
    return torch.from_numpy(np.stack(patches)[:, None]), torch.from_numpy(points.kind[chosen])
