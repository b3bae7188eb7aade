"""Scores the detector on whole held-out sheets: slices, full-sheet pass, suppression, F1 at IoU 0.5."""

import cv2
import numpy as np
import torch

from .detector_data import Boxes, boxes_of
from .detector_model import DetectorNet, anchors, decode, flat
from .failures import tile_of
from .scores import prf
from .sheets import Sheet

OVERLAP = 0.2


@torch.no_grad()
def detect_sheet(net: DetectorNet, grey: np.ndarray, slice_px: int, side: int, least: float = 0.1) -> np.ndarray:
    """Detections [n,6] = x1, y1, x2, y2 (sheet px), score, class; slices that cut a box lose it to the one that sees it whole."""
    height, width = grey.shape
    parts = []
    for x, y, extent in [*_slices(width, height, slice_px), (0, 0, max(width, height))]:
        window = grey[y : y + extent, x : x + extent]
        found = _detect_square(net, window, extent, side, least)
        inner = np.ones(len(found), bool)
        if extent == slice_px:  # a box that touches an inner border of the slice is a piece; the neighbour or the full pass has it whole
            edge = 3 * extent / side
            for axis, begin, limit in ((0, x, width), (1, y, height)):
                inner &= (found[:, axis] > edge) | (begin == 0)
                inner &= (found[:, axis + 2] < extent - edge) | (begin + extent >= limit)
        found[:, [0, 2]] += x
        found[:, [1, 3]] += y
        parts.append(found[inner])
    return suppress(np.concatenate(parts))


def suppress(found: np.ndarray, iou_at: float = 0.5) -> np.ndarray:
    """Greedy non-maximum suppression over all classes at once: two names for one symbol become the surer one."""
    found = found[np.argsort(-found[:, 4])]
    kept: list[np.ndarray] = []
    while len(found):
        kept.append(found[0].copy())  # a view would keep the whole array, of every round
        found = found[1:][overlap(found[0], found[1:]) < iou_at]
    return np.array(kept).reshape(-1, 6)


def overlap(box: np.ndarray, others: np.ndarray) -> np.ndarray:
    """IoU of one box with many."""
    low, high = np.maximum(box[:2], others[:, :2]), np.minimum(box[2:4], others[:, 2:4])
    inner = np.clip(high - low, 0, None).prod(1)
    return inner / ((box[2:4] - box[:2]).prod() + (others[:, 2:4] - others[:, :2]).prod(1) - inner + 1e-9)


def score_detector(net: DetectorNet, sheets: list[Sheet], names: list[str], slice_px: int, side: int) -> tuple[dict, list[np.ndarray]]:
    """F1 per class and over all, with and without the class, at the score threshold that is best over all classes; and pictures of the surest mistakes."""
    matches = []  # per detection: score, class, matched truth class or -1
    wrong = []  # how sure, sheet, box, what it was taken for
    support = np.zeros(len(names), int)
    for sheet in sheets:
        everything = boxes_of(sheet, names)
        part = everything.kind >= 0
        truth, legend = Boxes(everything.xyxy[part], everything.kind[part]), everything.xyxy[~part]
        found = detect_sheet(net.eval(), sheet.grey, slice_px, side)
        support += np.bincount(truth.kind, minlength=len(names))
        free = np.ones(len(truth.kind), bool)
        for det in found:  # surest first
            iou = overlap(det, truth.xyxy) * free if len(free) else np.zeros(0)
            # of the boxes that fit, one of the same class first
            rank = iou + (truth.kind == int(det[5])) * (iou >= 0.5)
            best = int(rank.argmax()) if len(rank) else -1
            hit = best >= 0 and iou[best] >= 0.5
            if hit:
                free[best] = False
            elif len(legend) and overlap(det, legend).max() >= 0.5:
                continue
            real = int(truth.kind[best]) if hit else -1
            matches.append((det[4], int(det[5]), real))
            if real != int(det[5]):
                said = f"{names[int(det[5])]} {det[4]:.2f}"
                wrong.append((float(det[4]), sheet, det[:4], f"{names[real]}: {said}" if hit else f"nothing: {said}"))
        wrong += [(0.5, sheet, truth.xyxy[i], f"missed {names[truth.kind[i]]}") for i in np.flatnonzero(free)[:4]]
    table = np.array(matches).reshape(-1, 3)
    threshold = max(np.arange(0.1, 0.8, 0.05), key=lambda t: _micro(table, support, t)["f1"] or 0)
    kept = table[table[:, 0] >= threshold]
    guess, real = kept[:, 1].astype(int), kept[:, 2].astype(int)
    right = guess == real
    agnostic = prf(int((real >= 0).sum()), int((real < 0).sum()), int(support.sum() - (real >= 0).sum()))
    per_class = {}
    for index, name in enumerate(names):
        hits = int((right & (guess == index)).sum())
        per_class[name] = prf(hits, int((guess == index).sum()) - hits, int(support[index]) - hits)
    matched = real >= 0
    mixed = {}
    for g, r in zip(guess[matched & ~right], real[matched & ~right]):
        mixed[f"{names[r]} taken for {names[g]}"] = mixed.get(f"{names[r]} taken for {names[g]}", 0) + 1
    wrong.sort(key=lambda item: -item[0])
    tiles = [tile_of(s.grey, box, text, (30, 30, 220) if "missed" in text else (220, 30, 30)) for _, s, box, text in _varied(wrong)]
    return {
        "threshold": round(float(threshold), 2),
        "withClass": _micro(table, support, threshold),
        "classAgnostic": agnostic,
        "classAccuracyOnMatches": round(float(right[matched].mean()), 4) if matched.any() else None,
        "perClass": per_class,
        "mostMixed": dict(sorted(mixed.items(), key=lambda item: -item[1])[:15]),
        "sheets": len(sheets),
        "slicePx": slice_px,
    }, tiles


def _varied(wrong: list[tuple], count: int = 32) -> list[tuple]:
    """The first of every kind of mistake, then the rest, `count` in all."""
    kinds, first, rest = set(), [], []
    for item in wrong:
        kind = item[3].rstrip(".0123456789")
        (rest if kind in kinds else first).append(item)
        kinds.add(kind)
    return (first + rest)[:count]


def _micro(table: np.ndarray, support: np.ndarray, threshold: float) -> dict:
    kept = table[table[:, 0] >= threshold]
    hits = int((kept[:, 1] == kept[:, 2]).sum())
    return prf(hits, len(kept) - hits, int(support.sum()) - hits)


def _slices(width: int, height: int, side: int) -> list[tuple[int, int, int]]:
    """Squares that cover the sheet with overlap; the last of a row or column is shifted back inside."""
    def starts(extent: int) -> list[int]:
        step = int(side * (1 - OVERLAP))
        return sorted({min(at, max(extent - side, 0)) for at in range(0, max(extent - int(side * OVERLAP), 1), step)})

    return [(x, y, side) for y in starts(height) for x in starts(width)]


def _detect_square(net: DetectorNet, window: np.ndarray, extent: int, side: int, least: float) -> np.ndarray:
    ground = int(np.median(window[::13, ::17]))
    square = np.full((extent, extent), ground, np.uint8)
    square[: window.shape[0], : window.shape[1]] = window
    if extent != side:
        square = cv2.resize(square, (side, side), interpolation=cv2.INTER_AREA if extent > side else cv2.INTER_LINEAR)
    image = torch.from_numpy(square.astype(np.float32) / 255)[None, None]
    with torch.cpu.amp.autocast(dtype=torch.bfloat16):
        levels = net((1 - image).contiguous(memory_format=torch.channels_last))
    logits, sides = flat([(c.float(), b.float()) for c, b in levels])
    score, kind = logits[0].sigmoid().max(1)
    keep = score > least
    centres, strides = anchors(side)
    boxes = decode(sides[0][keep], centres[keep], strides[keep]).clamp(0, side) * (extent / side)
    return torch.cat([boxes, score[keep, None], kind[keep, None].float()], 1).numpy()
