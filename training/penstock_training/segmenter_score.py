"""Scores the segmenter on whole held-out sheets, tile by tile as the service runs it."""

import numpy as np
import torch

from .failures import TILE as SIDE
from .failures import labelled
from .segmenter_model import CLASSES
from .sheets import Sheet

TILE, MARGIN = 1024, 64


@torch.no_grad()
def label_sheet(model: torch.nn.Module, grey: np.ndarray) -> np.ndarray:
    """Class index per pixel, uint8 [H,W]; tiles of 1024 px of which the outer 64 px are context only."""
    height, width = grey.shape
    core = TILE - 2 * MARGIN
    ground = int(np.median(grey[::31, ::37]))
    padded = np.full((-(-height // core) * core + 2 * MARGIN, -(-width // core) * core + 2 * MARGIN), ground, np.uint8)
    padded[MARGIN : MARGIN + height, MARGIN : MARGIN + width] = grey
    out = np.zeros((padded.shape[0] - 2 * MARGIN, padded.shape[1] - 2 * MARGIN), np.uint8)
    for y in range(0, out.shape[0], core):
        for x in range(0, out.shape[1], core):
            tile = torch.from_numpy(padded[y : y + TILE, x : x + TILE].astype(np.float32) / 255)[None, None]
            with torch.cpu.amp.autocast(dtype=torch.bfloat16):
                guess = model(tile.contiguous(memory_format=torch.channels_last)).argmax(1)[0]
            out[y : y + core, x : x + core] = guess[MARGIN:-MARGIN, MARGIN:-MARGIN].numpy().astype(np.uint8)
    return out[:height, :width]


def score_segmenter(model: torch.nn.Module, sheets: list[Sheet]) -> tuple[dict, list[np.ndarray]]:
    """IoU per class over all pixels of all sheets, of all line styles taken as one ("pipe"), and of style among found line ink;
    and pictures of the worst place of every sheet: as drawn, as it should be labelled, as it was."""
    count = len(CLASSES)
    confusion = np.zeros((count, count), np.int64)
    worst = []
    for sheet in sheets:
        guess = label_sheet(model.eval(), sheet.grey)
        worst.append(_worst_place(sheet, guess))
        pair = np.asarray(sheet.style, np.int64) * count + guess
        confusion += np.bincount(pair.ravel(), minlength=count * count).reshape(count, count)
    hit = np.diag(confusion)
    union = confusion.sum(0) + confusion.sum(1) - hit
    iou = {name: round(float(hit[i] / union[i]), 4) if confusion[i].sum() else None for i, name in enumerate(CLASSES)}
    lines = slice(1, 6)
    both = confusion[lines, lines].sum()
    pipe = both / max(1, confusion[lines].sum() + confusion[:, lines].sum() - both)
    return {
        "iou": iou,
        "pipeIou": round(float(pipe), 4),
        "styleAccuracyOnLineInk": round(float(hit[lines].sum() / max(1, both)), 4),
        "confusion": confusion.tolist(),
        "sheets": len(sheets),
    }, [tile for _, tile in sorted(worst, key=lambda item: -item[0])[:12]]


# Colours of the classes in failure pictures: ground, lines (blue shades), text green, symbols orange, borders red
COLOURS = np.array([[255, 255, 255], [0, 0, 0], [0, 0, 255], [0, 160, 255], [120, 0, 255], [0, 200, 200], [0, 150, 0], [255, 130, 0], [220, 0, 80]], np.uint8)


def _worst_place(sheet: Sheet, guess: np.ndarray) -> tuple[int, np.ndarray]:
    """(wrong pixels, tile) of the square where lines are taken for something else, or something else for lines, most often."""
    lines = [(plane >= 1) & (plane <= 5) for plane in (np.asarray(sheet.style), guess)]
    wrong = lines[0] ^ lines[1]
    rows, columns = wrong.shape[0] // SIDE, wrong.shape[1] // SIDE
    sums = wrong[: rows * SIDE, : columns * SIDE].reshape(rows, SIDE, columns, SIDE).sum((1, 3))
    row, column = np.unravel_index(int(sums.argmax()), sums.shape)
    at = slice(row * SIDE, (row + 1) * SIDE), slice(column * SIDE, (column + 1) * SIDE)
    parts = [np.repeat(np.asarray(sheet.grey[at])[..., None], 3, 2), COLOURS[np.asarray(sheet.style[at])], COLOURS[guess[at]]]
    return int(sums.max()), labelled(np.concatenate(parts, 1), f"{sheet.name}: drawn, truth, read")
