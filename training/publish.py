"""Copies a trained model with its sidecar, its pictures, its float original and a fresh card into models/: python3 training/publish.py OUT/detector.onnx [...]."""

import json
import shutil
import sys
from pathlib import Path

from card import card

MODELS = Path(__file__).resolve().parent.parent / "models"
LIMIT = 8_000_000

for given in sys.argv[1:]:
    path = Path(given)
    side = json.loads(path.with_suffix(".json").read_text())
    if path.stat().st_size > LIMIT:
        raise SystemExit(f"{path} has {path.stat().st_size:,} bytes; the repository takes models up to {LIMIT:,}")
    shutil.copyfile(path, MODELS / path.name)
    shutil.copyfile(path.with_suffix(".json"), MODELS / path.with_suffix(".json").name)
    for extra in ("curve.svg", "failures.png", "float.onnx"):
        beside = path.with_name(f"{path.stem}.{extra}")
        if beside.exists():
            shutil.copyfile(beside, MODELS / beside.name)
    (MODELS / f"{path.stem}.card.md").write_text(card(side))
    print(f"{path.name}: {side['bytes']:,} bytes, {side['training']['steps']} steps")
