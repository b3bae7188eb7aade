"""Trains the segmenter: python3 training/segmenter.py --data DIR --out DIR [--minutes 20]."""

import json
from pathlib import Path

import torch
from torch.nn import functional

from penstock_training.curve import write_curve
from penstock_training.export import export_onnx, largest_difference, write_sidecar
from penstock_training.failures import write_montage
from penstock_training.loop import Schedule, train
from penstock_training.options import dataset_note, open_data, parse
from penstock_training.segmenter_data import SegmenterBatches
from penstock_training.segmenter_model import CLASSES, SegmenterNet
from penstock_training.segmenter_score import score_segmenter

CROP = 512


def loss_of(model: torch.nn.Module, batch: tuple) -> tuple[torch.Tensor, dict]:
    """Cross entropy plus half a soft Dice loss over the ink classes present, which keeps thin and rare styles alive."""
    images, labels = batch
    with torch.cpu.amp.autocast(dtype=torch.bfloat16):
        logits = model(images.contiguous(memory_format=torch.channels_last))
    logits = logits.float()
    entropy = functional.cross_entropy(logits, labels)
    ink = labels > 0
    chance = logits.softmax(1).permute(0, 2, 3, 1)
    truth = functional.one_hot(labels[ink], len(CLASSES)).float()
    overlap = (chance[ink] * truth).sum(0)[1:]
    total = chance.sum((0, 1, 2))[1:] + truth.sum(0)[1:]
    present = truth.sum(0)[1:] > 50
    dice = (1 - (2 * overlap + 1) / (total + 1))[present].mean() if present.any() else logits.sum() * 0
    return 4 * entropy + 0.5 * dice, {"entropy": entropy.detach(), "dice": dice.detach()}


def main() -> None:
    options = parse(__doc__, minutes=20, batch=4, rate=3e-3)
    sheets, held = open_data(options)
    run = options.run or Path(__file__).parent / "runs" / "segmenter"
    batches = SegmenterBatches(sheets, options.batch, CROP, options.seed)
    schedule = Schedule(options.minutes, options.rate, seed=options.seed, max_steps=options.max_steps)
    model = train(SegmenterNet(), batches, loss_of, run / "checkpoint.pt", schedule)
    metrics, failures = score_segmenter(model, held)
    path = options.out / "segmenter.onnx"
    metadata = {"names": str(dict(enumerate(CLASSES))), "task": "segment", "tile_px": "1024", "multiple_of": "64"}
    axes = {"image": {0: "N", 2: "H", 3: "W"}, "logits": {0: "N", 2: "H", 3: "W"}}
    export_onnx(model, torch.rand(1, 1, 256, 256), path, metadata, input_name="image", output_name="logits", dynamic=axes)
    metrics["onnxDifference"] = largest_difference(model, torch.rand(2, 1, 320, 192), path)
    (options.out / "metrics.json").write_text(json.dumps(metrics, indent=2) + "\n")
    write_sidecar(path, {
        "model": "segmenter", "names": CLASSES, "input": {"name": "image", "shape": ["N", 1, "H", "W"], "multipleOf": 64},
        "output": {"name": "logits", "shape": ["N", len(CLASSES), "H", "W"]}, "tilePx": 1024,
        "parameters": sum(p.numel() for p in model.parameters()), "seed": options.seed,
        "training": {"steps": model.progress.steps, "minutes": round(model.progress.minutes, 1), "note": options.note, "batch": options.batch, "cropPx": CROP},
        "dataset": dataset_note(sheets, held), "metrics": metrics,
    })
    write_curve(model.progress.history, options.out / "segmenter.curve.svg")
    write_montage(failures, options.out / "segmenter.failures.png", columns=3)
    print(json.dumps({key: value for key, value in metrics.items() if key != "confusion"}, indent=1))


if __name__ == "__main__":
    main()
