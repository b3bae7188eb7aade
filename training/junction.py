"""Trains the junction CNN: python3 training/junction.py --data DIR --out DIR [--minutes 8]."""

import json
from pathlib import Path

import cv2
import numpy as np
import torch
from torch.nn import functional

from penstock_training.curve import write_curve
from penstock_training.export import export_onnx, largest_difference, write_sidecar
from penstock_training.failures import labelled, write_montage
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
def guesses_of(model: torch.nn.Module, patches: torch.Tensor) -> torch.Tensor:
    """Index of the likeliest kind per patch."""
    return torch.cat([model(part).argmax(1) for part in patches.split(256)])


def confusion_of(guesses: torch.Tensor, kinds: torch.Tensor) -> np.ndarray:
    """[truth, guess] counts."""
    return np.bincount((kinds * len(NAMES) + guesses).numpy(), minlength=len(NAMES) ** 2).reshape(len(NAMES), -1)


@torch.no_grad()
def undo_balance(model: JunctionNet, batches: JunctionBatches) -> None:
    """Rare kinds were shown more often than they occur; takes that out of the last layer's bias (Menon et al. 2021), or a
    crossing is called a cross too easily. The checkpoint keeps the trained bias."""
    ratio = np.where(batches.natural > 0, np.maximum(batches.natural, 1e-6) / np.maximum(batches.share, 1e-6), 1.0)
    model.head[-1].bias += torch.from_numpy(np.log(ratio)).float()


def mistakes(patches: torch.Tensor, kinds: torch.Tensor, guesses: torch.Tensor, count: int = 24) -> list[np.ndarray]:
    """Pictures of patches that were misjudged."""
    out = []
    for i in torch.nonzero(kinds != guesses)[:count, 0].tolist():
        grey = cv2.resize((patches[i, 0].numpy() * 255).astype(np.uint8), (128, 128), interpolation=cv2.INTER_NEAREST)
        out.append(labelled(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB), f"{NAMES[kinds[i]]} read as {NAMES[guesses[i]]}"))
    return out


def main() -> None:
    options = parse(__doc__, minutes=8, batch=128, rate=2e-3)
    sheets, held = open_data(options)
    points, held_points = points_of(sheets), points_of(held)
    print("points", dict(zip(NAMES, np.bincount(points.kind, minlength=len(NAMES)).tolist())), flush=True)
    run = options.run or Path(__file__).parent / "runs" / "junction"
    schedule = Schedule(options.minutes, options.rate, seed=options.seed, max_steps=options.max_steps)
    batches = JunctionBatches(sheets, points, options.batch, options.seed)
    model = train(JunctionNet(len(NAMES)), batches, loss_of, run / "checkpoint.pt", schedule)
    undo_balance(model, batches)
    patches, kinds = fixed_patches(held, held_points)
    guesses = guesses_of(model, patches)
    confusion = confusion_of(guesses, kinds)
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
        "training": {"steps": model.progress.steps, "minutes": round(model.progress.minutes, 1), "note": options.note, "batch": options.batch},
        "dataset": dataset_note(sheets, held), "metrics": metrics,
    })
    write_curve(model.progress.history, options.out / "junction.curve.svg")
    write_montage(mistakes(patches, kinds, guesses), options.out / "junction.failures.png")
    print(json.dumps(metrics, indent=1))


if __name__ == "__main__":
    main()
