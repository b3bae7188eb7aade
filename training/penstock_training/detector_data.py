"""Batches for the detector: crops over a wide range of scales, with the boxes of what they show."""

from dataclasses import dataclass

import numpy as np
import torch

from .crop import Window, boxes_in_window, cut, random_window, scaled_grey, turned
from .degrade import degrade
from .sheets import Sheet

MIN_SIDE = 4.0  # input px: a box whose longer side is below this cannot be told apart
MIN_SEEN = 0.55  # share of a symbol's area that must be in the crop for it to count


@dataclass
class Boxes:
    """All symbols of one sheet: `xyxy` [n,4] sheet px, `kind` [n] class index."""

    xyxy: np.ndarray
    kind: np.ndarray


def boxes_of(sheet: Sheet, names: list[str]) -> Boxes:
    """Symbols with a class and a box, and flow arrows, which lie on lines and are no nodes of the graph.

    Symbols of a legend look like any other but are no part of the diagram: kind -1, neither right nor wrong.
    """
    index = {name: i for i, name in enumerate(names)}
    items = [*sheet.truth["nodes"], *sheet.truth.get("arrows", [])]
    rows = [(*item["bbox"], index[item["class"]]) for item in items if item.get("bbox") and item.get("class") in index]
    rows += [(*item["bbox"], -1) for item in sheet.truth.get("legend", [])]
    table = np.array(rows, dtype=np.float32).reshape(-1, 5)
    xyxy = table[:, :4].copy()
    xyxy[:, 2:] += xyxy[:, :2]
    return Boxes(xyxy, table[:, 4].astype(np.int64))


@dataclass
class Targets:
    """Boxes of a batch: `xyxy` [G,4] input px, `kind` [G], `image` [G]; the same for boxes to be ignored (`kind` -1)."""

    xyxy: torch.Tensor
    kind: torch.Tensor
    image: torch.Tensor


class DetectorBatches:
    """Callable: step -> (images [B,1,S,S] float32, Targets). Two crops in three are centred on a symbol of a class drawn at random."""

    def __init__(self, sheets: list[Sheet], names: list[str], batch: int, size: int, seed: int):
        self.sheets, self.batch, self.size, self.seed = sheets, batch, size, seed
        self.boxes = [boxes_of(sheet, names) for sheet in sheets]
        where = [np.stack([np.full(len(b.kind), i), np.arange(len(b.kind)), b.kind], 1) for i, b in enumerate(self.boxes)]
        where = np.concatenate(where)
        self.by_kind = [where[where[:, 2] == kind][:, :2] for kind in range(len(names))]
        self.by_kind = [rows for rows in self.by_kind if len(rows)]
        share = np.sqrt([len(rows) for rows in self.by_kind]) ** 0.8
        self.share = share / share.sum()

    def __call__(self, step: int) -> tuple[torch.Tensor, Targets]:
        rng = np.random.default_rng([self.seed, step])
        images, rows = [], []
        for place in range(self.batch):
            image, xyxy, kind = self.sample(rng)
            images.append(image)
            rows.append(np.concatenate([xyxy, kind[:, None], np.full((len(kind), 1), place)], 1))
        table = torch.from_numpy(np.concatenate(rows).astype(np.float32))
        targets = Targets(table[:, :4], table[:, 4].long(), table[:, 5].long())
        return torch.from_numpy(np.stack(images)[:, None]), targets

    def sample(self, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """One crop: mostly near sheet scale, as slices are, up to where a closer look shows it; one in eight far smaller, as the overview does."""
        small = rng.random() < 0.12
        scale = float(np.exp(rng.uniform(np.log(0.18), np.log(0.4)) if small else rng.uniform(np.log(0.4), np.log(2.2))))
        centre = None
        index = int(rng.integers(len(self.sheets)))
        if rng.random() < 0.75 and not small:
            rows = self.by_kind[int(rng.choice(len(self.by_kind), p=self.share))]
            index, which = (int(v) for v in rows[int(rng.integers(len(rows)))])
            x1, y1, x2, y2 = self.boxes[index].xyxy[which]
            centre = ((x1 + x2) / 2, (y1 + y2) / 2)
        sheet = self.sheets[index]
        window = random_window(rng, sheet.grey.shape, self.size, scale, centre)
        ground = int(np.median(sheet.grey[::97, ::89]))
        image = turned(scaled_grey(cut(sheet.grey, window, ground), window), window)
        xyxy, kind = visible(self.boxes[index], window)
        return degrade(image, rng), xyxy, kind


def visible(boxes: Boxes, window: Window) -> tuple[np.ndarray, np.ndarray]:
    """Boxes clipped to the window; kind -1 (ignored) where too little is seen or it is too small to be told apart."""
    whole = boxes_in_window(boxes.xyxy, window)
    clipped = np.clip(whole, 0, window.size)
    side, full = clipped[:, 2:] - clipped[:, :2], whole[:, 2:] - whole[:, :2]
    keep = (side > 0.5).all(1)
    seen = side.prod(1) / np.maximum(full.prod(1), 1e-6)
    unsure = (seen < MIN_SEEN) | (side.max(1) < MIN_SIDE)
    kind = np.where(unsure, -1, boxes.kind)
    return clipped[keep], kind[keep]
