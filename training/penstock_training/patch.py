"""Cuts the junction patch. This is the reference of the cut; services must reproduce it (README.md, "The junction patch")."""

import numpy as np

SIDE = 48
LINE_WIDTHS = 12


def cut_patch(grey: np.ndarray, x: float, y: float, line_width: float, factor: float = 1.0) -> np.ndarray:
    """Float32 [48,48] in 0..1: a square of 12 line widths around (x, y) of a uint8 sheet [H,W].

    Pixel (column c, row r) of the sheet has its centre at (c, r). With s = 12 * line_width / 48 sheet pixels per patch
    pixel, patch pixel (i, j) is the mean of four bilinear samples at x + (i - 23.5 +- 0.25) s, y + (j - 23.5 +- 0.25) s,
    coordinates clamped to the sheet. Rows and columns are separable, so the mean is taken on two weighted lookups.
    """
    step = LINE_WIDTHS * max(line_width, 1.0) * factor / SIDE
    height, width = grey.shape
    columns = _samples(x, step, width)
    rows = _samples(y, step, height)
    x0, y0 = columns[0][0], rows[0][0]
    window = np.asarray(grey[y0 : rows[1].max() + 1, x0 : columns[1].max() + 1], dtype=np.float32)
    lines = _blend(window, rows, y0)
    patch = _blend(np.ascontiguousarray(lines.T), columns, x0).T
    return np.ascontiguousarray(patch) / np.float32(255)


def _samples(centre: float, step: float, extent: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Lower index, upper index and weight of the upper one for the 96 sample positions along one axis."""
    at = centre + ((np.arange(SIDE * 2) // 2) - (SIDE - 1) / 2 + np.where(np.arange(SIDE * 2) % 2, 0.25, -0.25)) * step
    at = np.clip(at, 0, extent - 1)
    low = np.floor(at).astype(np.int64)
    return low, np.minimum(low + 1, extent - 1), (at - low).astype(np.float32)


def _blend(window: np.ndarray, samples: tuple[np.ndarray, np.ndarray, np.ndarray], origin: int) -> np.ndarray:
    low, high, weight = samples
    lines = window[low - origin] * (1 - weight)[:, None] + window[high - origin] * weight[:, None]
    return (lines[0::2] + lines[1::2]) * np.float32(0.5)
