"""Trains the symbol detector: python3 training/detector.py --data DIR --out DIR [--minutes 35]."""

import json
from pathlib import Path

import torch

from penstock_training.classes import read_classes
from penstock_training.detector_data import DetectorBatches
from penstock_training.detector_loss import detector_loss
from penstock_training.detector_model import FINEST, STRIDES, DetectorNet, ServedDetector
from penstock_training.detector_score import score_detector
from penstock_training.curve import write_curve
from penstock_training.export import export_onnx, largest_difference, write_sidecar
from penstock_training.failures import write_montage
from penstock_training.loop import Schedule, train
from penstock_training.options import dataset_note, open_data, parse

CROP = 512  # input px while training: the network is convolutional, so it may be smaller than what is served
SERVED, SLICE = 1024, 1024  # input side of the exported model, and sheet px that one slice shows on it


def loss_of(model: torch.nn.Module, batch: tuple) -> tuple[torch.Tensor, dict]:
    """Runs the network in bfloat16 and the loss in float32."""
    images, targets = batch
    with torch.cpu.amp.autocast(dtype=torch.bfloat16):
        levels = model((1 - images).contiguous(memory_format=torch.channels_last))
    return detector_loss(levels, targets, CROP)


def main() -> None:
    options = parse(__doc__, minutes=35, batch=8, rate=2e-3)
    sheets, held = open_data(options)
    names = read_classes(options.data)
    run = options.run or Path(__file__).parent / "runs" / "detector"
    batches = DetectorBatches(sheets, names, options.batch, CROP, options.seed)
    schedule = Schedule(options.minutes, options.rate, seed=options.seed, max_steps=options.max_steps)
    model = train(DetectorNet(len(names)), batches, loss_of, run / "checkpoint.pt", schedule)
    metrics, failures = score_detector(model, held, names, SLICE, SERVED)
    path = options.out / "detector.onnx"
    metadata = {
        "names": str(dict(enumerate(names))), "imgsz": f"[{SERVED}, {SERVED}]", "stride": str(STRIDES[-1]), "task": "detect",
        "slice_px": str(SLICE), "score_threshold": str(metrics["threshold"]), "description": "Penstock P&ID symbol detector",
    }
    served = ServedDetector(model, SERVED)
    axes = {"images": {0: "N"}, "output0": {0: "N"}}
    export_onnx(served, torch.rand(1, 1, SERVED, SERVED), path, metadata, input_name="images", output_name="output0", dynamic=axes)
    metrics["onnxDifference"] = largest_difference(served, torch.rand(2, 1, SERVED, SERVED), path)
    (options.out / "metrics.json").write_text(json.dumps(metrics, indent=2) + "\n")
    write_sidecar(path, {
        "model": "detector", "names": names, "input": {"name": "images", "shape": ["N", 1, SERVED, SERVED]},
        "output": {"name": "output0", "shape": ["N", 4 + len(names), min(FINEST, (SERVED // STRIDES[0]) ** 2) + sum((SERVED // s) ** 2 for s in STRIDES[1:])]},
        "slicePx": SLICE, "scoreThreshold": metrics["threshold"],
        "parameters": sum(p.numel() for p in model.parameters()), "seed": options.seed,
        "training": {"steps": model.progress.steps, "minutes": round(model.progress.minutes, 1), "note": options.note, "batch": options.batch, "cropPx": CROP},
        "dataset": dataset_note(sheets, held), "metrics": metrics,
    })
    write_curve(model.progress.history, options.out / "detector.curve.svg")
    write_montage(failures, options.out / "detector.failures.png")
    print(json.dumps({key: metrics[key] for key in ("threshold", "withClass", "classAgnostic", "classAccuracyOnMatches", "mostMixed")}, indent=1))


if __name__ == "__main__":
    main()
