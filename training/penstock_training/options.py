"""Command-line options the three trainers share."""

import argparse
from pathlib import Path

import torch

from .sheets import Sheet, open_sheets, visible_share


def parse(description: str, *, minutes: float, batch: int, rate: float) -> argparse.Namespace:
    """Reads the options and sets the number of threads."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--data", required=True, type=Path, help="folder of sheets to train on")
    parser.add_argument("--holdout", type=Path, help="folder of sheets to score on; else every 12th of --data is held out")
    parser.add_argument("--out", required=True, type=Path, help="folder for the ONNX file, its sidecar and metrics.json")
    parser.add_argument("--run", type=Path, default=None, help="folder of the checkpoint (default training/runs/<model>)")
    parser.add_argument("--cache", type=Path, default=None, help="folder of decoded sheets (default <data>/.cache)")
    parser.add_argument("--minutes", type=float, default=minutes, help="training budget of this call; 0 only scores and exports")
    parser.add_argument("--max-steps", type=int, default=10**9, help="upper limit of steps, for tests")
    parser.add_argument("--batch", type=int, default=batch)
    parser.add_argument("--rate", type=float, default=rate, help="peak learning rate")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--note", default="", help="a sentence for the model card: earlier data, reasons")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    return options


def open_data(options: argparse.Namespace) -> tuple[list[Sheet], list[Sheet]]:
    """(training sheets, held-out sheets); never the same sheet in both."""
    sheets = open_sheets(options.data, options.cache)
    if options.holdout:
        held = open_sheets(options.holdout)
        known = {identity(sheet) for sheet in held}
        both = [sheet.name for sheet in sheets if identity(sheet) in known]
        if both:
            raise SystemExit(f"{len(both)} sheets are also held out (same seed, or same name), first {both[0]}")
        return readable(sheets), held
    if len(sheets) < 2:
        return sheets, sheets
    return readable([s for i, s in enumerate(sheets) if i % 12]), [s for i, s in enumerate(sheets) if not i % 12]


def identity(sheet: Sheet) -> tuple[str, object]:
    """What makes two files the same sheet: the seed of a generated one, else (people's drawings have none) its name."""
    seed = sheet.truth.get("seed")
    return ("name", sheet.name) if seed is None else ("seed", seed)


def readable(sheets: list[Sheet], least: float = 0.85) -> list[Sheet]:
    """Sheets whose line ink survived their scan: labels on ink that is gone teach a model to invent it. Held-out sheets all stay."""
    kept = [sheet for sheet in sheets if visible_share(sheet) >= least]
    print(f"{len(kept)} of {len(sheets)} training sheets have at least {least:.0%} of their line ink to be seen", flush=True)
    return kept


def dataset_note(sheets: list[Sheet], held: list[Sheet]) -> dict:
    """What the sidecar says about the data."""
    seeds = [sheet.truth.get("seed") for sheet in sheets if isinstance(sheet.truth.get("seed"), int)]
    return {
        "generator": sheets[0].truth.get("generator"),
        "trainingSheets": len(sheets),
        "heldOutSheets": len(held),
        "seeds": [min(seeds), max(seeds)] if seeds else None,
    }
