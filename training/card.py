"""Writes a model card from a sidecar: python3 training/card.py models/detector.json [...]."""

import json
import sys
from pathlib import Path

ABOUT = {
    "detector": "Finds P&ID symbols in slices of a sheet. Anchor-free, YOLOv8 output layout.",
    "segmenter": "Labels every pixel of a sheet: line ink by style, text, symbol and border ink, ground.",
    "junction": "Says what meets at a critical point of the skeleton.",
}
LIMITS = {
    "detector": "It has seen drawn symbols only, in the variants of `shared/symbols` and the stencils; a company's own symbols need training.",
    "segmenter": "Styles are told by what is visible within about 100 px; a dashed line with very long dashes may read as process line.",
    "junction": "It judges 12 line widths around a point; where the line width is misjudged by more than 30 %, expect errors.",
}


def table(rows: list[list], head: list[str]) -> list[str]:
    """A Markdown table; None is shown as a dash."""
    cells = [["–" if value is None else str(value) for value in row] for row in rows]
    return ["| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *cells]]


def scores(side: dict) -> list[str]:
    """The metrics of a sidecar as Markdown."""
    metrics = side["metrics"]
    if side["model"] == "segmenter":
        lines = table([[name, iou] for name, iou in metrics["iou"].items()], ["class", "IoU"])
        return [f"All line styles as one: IoU {metrics['pipeIou']}. Style right on found line ink: {metrics['styleAccuracyOnLineInk']}.", "", *lines]
    rows = [[name, s["f1"], s["precision"], s["recall"], s["support"]] for name, s in metrics["perClass"].items()]
    lines = table(rows, ["class", "F1", "precision", "recall", "support"])
    if side["model"] == "junction":
        grid = [[name, *row] for name, row in zip(side["names"], metrics["confusion"])]
        return [f"Accuracy {metrics['accuracy']}.", "", *lines, "", "Confusion (rows truth):", "", *table(grid, ["", *side["names"]])]
    both, any_class = metrics["withClass"], metrics["classAgnostic"]
    said = (
        f"At score {metrics['threshold']} and IoU 0.5, slices and full-sheet pass merged: F1 {both['f1']} with class "
        f"(precision {both['precision']}, recall {both['recall']}), {any_class['f1']} whatever the class; class right on "
        f"{metrics['classAccuracyOnMatches']} of the matches."
    )
    mixed = [f"- {what}: {count}" for what, count in metrics["mostMixed"].items()]
    return [said, "", *lines, "", "Most mixed up:", "", *mixed]


def shape(tensor: dict) -> str:
    """[N, 3, 1024, 1024] without quotes."""
    return "[" + ", ".join(map(str, tensor["shape"])) + "]"


def quantised(side: dict) -> list[str]:
    """What became of the trained weights."""
    made = side.get("quantised")
    if not made:
        return []
    return [
        f"- Quantised after training (`training/quantise.py`): weights of {made['weights']} bits per channel, activations of {made['activations']}, ranges "
        f"from {made['crops']} crops; `{made['from']}` is the model before. The scores below are the float model's; what quantising costs: `docs/quality.md`"
    ]


def card(side: dict) -> str:
    """The whole card."""
    data, run = side["dataset"], side["training"]
    seeds = f"seeds {data['seeds'][0]} to {data['seeds'][1]}" if data["seeds"] else "no seeds recorded"
    return "\n".join([
        f"# {side['model']}", "", ABOUT[side["model"]], "",
        f"- File: `{side['file']}`, {side['bytes'] / 1e6:.1f} MB, {side['parameters']:,} parameters, sha256 `{side['sha256']}`, {side['date']}",
        f"- Input `{side['input']['name']}` {shape(side['input'])}, output `{side['output']['name']}` {shape(side['output'])}",
        f"- Trained from scratch on {data['trainingSheets']} generated sheets ({seeds}, generator {data['generator']}); no other data, no outside weights",
        f"- {run['steps']} steps of {run['batch']}, {run['minutes']} minutes on one shared CPU core, bfloat16, seed {side['seed']}",
        *([f"- {run['note']}"] if run.get("note") else []),
        *quantised(side),
        f"- onnxruntime against PyTorch on one batch{' (float model)' if 'quantised' in side else ''}: greatest relative difference {side['metrics']['onnxDifference']:.1e}", "",
        "## Scores", "",
        f"On {data['heldOutSheets']} generated sheets with other seeds, never trained on. Real sheets are scored by `penstock eval`, not here.", "",
        *scores(side), "",
        f"How training went: ![loss over steps]({side['model']}.curve.svg)", "",
        "What it got wrong on them:", "", f"![mistakes]({side['model']}.failures.png)", "",
        "## Limits", "", LIMITS[side["model"]], "",
        "## Retrain", "", f"`python3 training/{side['model']}.py --data DIR --holdout DIR --out OUT` (training/README.md).", "",
    ])


if __name__ == "__main__":
    for name in sys.argv[1:]:
        sidecar = Path(name)
        sidecar.with_suffix(".card.md").write_text(card(json.loads(sidecar.read_text())))
