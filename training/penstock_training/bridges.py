"""Finds the tops of jump arcs: there a skeleton crosses, not at the truth's point half way between the arc's feet."""

import numpy as np

from .sheets import Sheet, line_width_of

LINES = (1, 2, 3, 4, 5)


def arc_tops(sheet: Sheet) -> list[tuple[float, float]]:
    """One point per jump arc (bridge), where the line below it meets the arc; arcs that cannot be read are left out."""
    tops = []
    for junction in sheet.truth["junctions"]:
        if junction["kind"] == "bridge":
            top = _arc_top(sheet, *junction["at"], line_width_of(sheet))
            if top:
                tops.append(top)
    return tops


def _arc_top(sheet: Sheet, x: float, y: float, width: float) -> tuple[float, float] | None:
    """Tries radii of 1.5 to 9 line widths in the four directions and takes the half circle with most line ink under it."""
    angles = np.linspace(-0.85, 0.85, 25) * np.pi / 2
    angles = angles[np.abs(angles) > 0.25]  # the top itself is ink of both lines
    best, found = 0.75, None
    for towards, (dx, dy) in enumerate(((0, -1), (1, 0), (0, 1), (-1, 0))):
        base = (towards - 1) * np.pi / 2
        for radius in np.arange(1.5 * width, 9 * width, 0.5):
            columns = np.round(x + radius * np.cos(base + angles)).astype(int)
            rows = np.round(y + radius * np.sin(base + angles)).astype(int)
            if columns.min() < 0 or rows.min() < 0 or rows.max() >= sheet.style.shape[0] or columns.max() >= sheet.style.shape[1]:
                continue
            share = float(np.isin(sheet.style[rows, columns], LINES).mean())
            if share > best:
                best, found = share, (float(x + dx * radius), float(y + dy * radius))
    return found
