"""Averages two checkpoints of one run of training: python3 training/average.py runs/EARLIER runs/LATER --run runs/BOTH [--share 0.65].

What is trained longer on one kind of sheet gets better there and less sure elsewhere; between the two lies a model that is nearly as good
and stays sure (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models"). Score and export it with `--run runs/BOTH --minutes 0`.
"""

import argparse
from pathlib import Path

import torch


def average(earlier: dict, later: dict, share: float) -> dict:
    """Weights and statistics, tensor by tensor: `share` of the later ones; counts are the later ones'."""
    if earlier.keys() != later.keys():
        raise SystemExit("these are checkpoints of different networks")
    mixed = lambda old, new: torch.lerp(old, new, share) if new.dtype.is_floating_point else new
    return {name: mixed(earlier[name], value) for name, value in later.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("earlier", type=Path, help="folder of a checkpoint")
    parser.add_argument("later", type=Path, help="folder of a checkpoint that began with it")
    parser.add_argument("--run", type=Path, required=True, help="folder for the average")
    parser.add_argument("--share", type=float, default=0.65, help="of the later one")
    options = parser.parse_args()
    earlier, later = (torch.load(folder / "checkpoint.pt", map_location="cpu") for folder in (options.earlier, options.later))
    options.run.mkdir(parents=True, exist_ok=True)
    torch.save({**later, "model": average(earlier["model"], later["model"], options.share)}, options.run / "checkpoint.pt")
    print(f"{options.run}: {earlier['steps']} and {later['steps']} steps, {options.share:.0%} of the later")


if __name__ == "__main__":
    main()
