"""Draws small sheets in the generator's format: enough to run the trainers on, not to learn from."""

import json
from pathlib import Path

import cv2
import numpy as np

CLASSES = ["ring", "box"]


def draw_sheets(folder: Path, count: int, side: int = 700) -> Path:
    """`count` sheets with rings and boxes on lines that cross, some of them dashed; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "classes.json").write_text(json.dumps(CLASSES))
    for number in range(count):
        _draw(folder, number, side)
    return folder


def _draw(folder: Path, number: int, side: int) -> None:
    rng = np.random.default_rng(number)
    grey, style = np.full((side, side), 255, np.uint8), np.zeros((side, side), np.uint8)
    rows, columns = (sorted(rng.choice(np.arange(60, side - 60, 70), 4, replace=False).tolist()) for _ in range(2))
    edges, junctions, nodes = [], [], []
    for x in columns:
        _both(grey, style, (x, 20), (x, side - 20), 1)
        edges.append({"points": [[x, 20], [x, side - 20]]})
    for y in rows:
        for x in range(20, side - 20, 12):
            _both(grey, style, (x, y), (x + 6, y), 2)
        edges.append({"points": [[20, y], [side - 20, y]]})
        junctions += [{"at": [x, y], "kind": "plain" if (x + y) % 20 else "tee"} for x in columns]
    for place in range(6):
        x, y = (int(v) for v in rng.integers(60, side - 60, 2))
        radius, kind = int(rng.integers(12, 30)), place % 2
        for plane, ink in ((grey, 0), (style, 7)):
            if kind == 0:
                cv2.circle(plane, (x, y), radius, ink, 2)
            else:
                cv2.rectangle(plane, (x - radius, y - radius), (x + radius, y + radius), ink, 2)
        box = [x - radius, y - radius, 2 * radius, 2 * radius]
        nodes.append({"id": f"n{place}", "type": "symbol", "class": CLASSES[kind], "bbox": box, "center": [x, y]})
    truth = {
        "version": 1, "seed": number, "generator": "drawn", "sheet": {"uid": f"s{number}", "widthPx": side, "heightPx": side},
        "nodes": nodes, "edges": edges, "crossings": [], "texts": [], "junctions": junctions, "lineWidthPx": 2,
    }
    cv2.imwrite(str(folder / f"s{number}.png"), grey)
    cv2.imwrite(str(folder / f"s{number}.style.png"), style)
    (folder / f"s{number}.truth.json").write_text(json.dumps(truth))


def _both(grey: np.ndarray, style: np.ndarray, a: tuple[int, int], b: tuple[int, int], kind: int) -> None:
    cv2.line(grey, a, b, 0, 2)
    cv2.line(style, a, b, kind, 2)
