"""Trains the junction CNN: python3 training/junction.py --data DIR --out DIR [--minutes 8]."""

import json
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from penstock_training.export import export_onnx, largest_difference, write_sidecar
from penstock_training.junction_data import JunctionBatches, fixed_patches
from penstock_training.junction_model import JunctionNet
from penstock_training.junction_points import NAMES, points_of
from penstock_training.loop import Schedule, train
from penstock_training.options import dataset_note, open_data, parse
from penstock_training.patch import SIDE
from penstock_training.scores import f1_table


def loss_of(model: torch.nn.Module, batch: tuple) -> tuple[torch.Tensor, dict]:
    """Cross entropy; 2 % smoothing because a jittered patch can be ambiguous."""
    patches, kinds = batch
    with torch.cpu.amp.autocast(dtype=torch.bfloat16):
        logits = model(patches.contiguous(memory_format=torch.channels_last))
    logits = logits.float()
    loss = functional.cross_entropy(logits, kinds, label_smoothing=0.02)
    return loss, {"loss": loss.detach(), "accuracy": (logits.argmax(1) == kinds).float().mean()}


@torch.no_grad()
def confusion_of(model: torch.nn.Module, patches: torch.Tensor, kinds: torch.Tensor) -> np.ndarray:
    """[truth, guess] counts."""
    guesses = torch.cat([model(part).argmax(1) for part in patches.split(256)])
    return np.bincount((kinds * len(NAMES) + guesses).numpy(), minlength=len(NAMES) ** 2).reshape(len(NAMES), -1)


def main() -> None:
    options = parse(__doc__, minutes=8, batch=128, rate=2e-3)
    sheets, held = open_data(options)
    points, held_points = points_of(sheets), points_of(held)
    print("points", dict(zip(NAMES, np.bincount(points.kind, minlength=len(NAMES)).tolist())), flush=True)
    run = options.run or Path(__file__).parent / "runs" / "junction"
    schedule = Schedule(options.minutes, options.rate, seed=options.seed, max_steps=options.max_steps)
    model = train(JunctionNet(len(NAMES)), JunctionBatches(sheets, points, options.batch, options.seed), loss_of, run / "checkpoint.pt", schedule)
    patches, kinds = fixed_patches(held, held_points)
    confusion = confusion_of(model, patches, kinds)
    metrics = {
        "accuracy": round(float(np.trace(confusion) / confusion.sum()), 4),
        "perClass": f1_table(confusion, NAMES),
        "confusion": confusion.tolist(),
    }
    path = options.out / "junction.onnx"
    names = str(dict(enumerate(NAMES)))
    metadata = {"names": names, "task": "classify", "imgsz": f"[{SIDE}, {SIDE}]", "line_widths": "12"}
    export_onnx(model, torch.rand(2, 1, SIDE, SIDE), path, metadata, input_name="patch", output_name="logits",
                dynamic={"patch": {0: "N"}, "logits": {0: "N"}})
    metrics["onnxDifference"] = largest_difference(model, patches[:16], path)
    (options.out / "metrics.json").write_text(json.dumps(metrics, indent=2) + "\n")
    write_sidecar(path, {
        "model": "junction", "names": NAMES, "input": {"name": "patch", "shape": ["N", 1, SIDE, SIDE]},
        "output": {"name": "logits", "shape": ["N", len(NAMES)]}, "patch": {"lineWidths": 12, "side": SIDE},
        "parameters": sum(p.numel() for p in model.parameters()), "seed": options.seed,
        "training": {"steps": model.progress.steps, "minutes": round(model.progress.minutes, 1), "batch": options.batch},
        "dataset": dataset_note(sheets, held), "metrics": metrics,
    })
    print(json.dumps(metrics, indent=1))


if __name__ == "__main__":
    main()
