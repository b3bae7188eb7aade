"""Training points of the junction CNN: where the truth says what meets there, and where it says that nothing does."""

from dataclasses import dataclass

import numpy as np

from .bridges import arc_tops
from .sheets import Sheet, line_width_of

NAMES = ["tee", "cross", "bridge", "plain", "bend", "none"]
NONE = NAMES.index("none")
BORDER = 8  # index of border ink in the style mask


@dataclass
class Points:
    """`at` [n,2] in sheet pixels, `kind` [n] index into NAMES, `sheet` [n] index into the list of sheets."""

    at: np.ndarray
    kind: np.ndarray
    sheet: np.ndarray


def points_of(sheets: list[Sheet], seed: int = 7) -> Points:
    """Every truth junction, and per sheet about as many negatives: mid-line, arrows, insides of symbols, text."""
    rows = []
    for index, sheet in enumerate(sheets):
        rng = np.random.default_rng([seed, index])
        junctions = [(j["at"], NAMES.index(j["kind"])) for j in sheet.truth["junctions"]]
        junctions += [(top, NAMES.index("bridge")) for top in arc_tops(sheet)]
        rows += [(x, y, kind, index) for (x, y), kind in junctions]
        known = np.array([at for at, _ in junctions], dtype=np.float32).reshape(-1, 2)
        clear = 5 * line_width_of(sheet)
        negatives = _negatives(sheet.truth, rng, max(40, len(junctions))) + _met_by_borders(sheet, rng, max(10, len(junctions) // 6))
        for x, y in negatives:
            if known.size == 0 or np.abs(known - (x, y)).max(axis=1).min() > clear:
                rows.append((x, y, NONE, index))
    table = np.array(rows, dtype=np.float64).reshape(-1, 4)
    return Points(table[:, :2].astype(np.float32), table[:, 2].astype(np.int64), table[:, 3].astype(np.int64))


def _negatives(truth: dict, rng: np.random.Generator, wanted: int) -> list[tuple[float, float]]:
    """Places a skeleton may wrongly offer: on a line, on an arrow, in a symbol, on text.

    Not where a line ends at a symbol: at the wall of a vessel that looks just like a tee, and only the detections can tell.
    """
    places = []
    for edge in truth["edges"]:
        points = np.array(edge["points"], dtype=np.float32)
        if len(points) < 2:
            continue
        k = int(rng.integers(0, len(points) - 1))
        places.append(tuple(points[k] + (points[k + 1] - points[k]) * rng.uniform(0.1, 0.9)))
    for node in truth["nodes"]:
        if node.get("bbox") and node["type"] == "symbol":
            x, y, w, h = node["bbox"]
            places.append((x + w * rng.uniform(0.1, 0.9), y + h * rng.uniform(0.1, 0.9)))
    for arrow in truth.get("arrows", []):
        places.append(tuple(arrow["center"]))
    for text in truth["texts"]:
        x, y, w, h = text["bbox"]
        if rng.random() < 0.5:
            places.append((x + w * rng.random(), y + h * rng.random()))
    rng.shuffle(places)
    return [(float(x), float(y)) for x, y in places[:wanted]]


def _met_by_borders(sheet: Sheet, rng: np.random.Generator, wanted: int) -> list[tuple[float, float]]:
    """Places where a border, cloud, dimension or sleeve touches a line: nothing meets there, however much it looks so."""
    style, gap = np.asarray(sheet.style), int(line_width_of(sheet)) + 1
    lines, beside = style[::5, :-gap], style[::5, gap:]
    rows, columns = np.nonzero((lines >= 1) & (lines <= 5) & (beside == BORDER))
    upper, below = style[:-gap:5], style[gap::5][: len(style[:-gap:5])]
    more, across = np.nonzero((upper >= 1) & (upper <= 5) & (below == BORDER))
    found = np.concatenate([np.stack([columns, rows * 5], 1), np.stack([across, more * 5], 1)])
    return [(float(x), float(y)) for x, y in found[rng.permutation(len(found))[:wanted]]]
