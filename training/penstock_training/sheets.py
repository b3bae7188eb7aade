"""Finds generated sheets in a folder and opens them as memory-mapped arrays.

A sheet is `NAME.png` + `NAME.truth.json` + `NAME.style.png` (format: training/README.md). PNG decoding is by far the
slowest part of random cropping, so each sheet is decoded once into `.npy` files that are mapped, not loaded: memory
stays bounded by the page cache, whatever the size of the folder.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

Image.MAX_IMAGE_PIXELS = None  # sheets of 10,000 x 7,000 px are legitimate


@dataclass
class Sheet:
    """One decoded sheet: `grey` and `style` are uint8 [H,W] maps on disk, `truth` the parsed truth.json."""

    name: str
    grey: np.ndarray
    style: np.ndarray
    truth: dict


def line_width_of(sheet: Sheet) -> float:
    """Typical process line width in pixels, at least 1."""
    return max(1.0, float(sheet.truth.get("lineWidthPx") or 2.0))


def visible_share(sheet: Sheet) -> float:
    """Share of the line ink that is at least 20 grey levels away from the ground, looked at on every seventh row."""
    grey, style = np.asarray(sheet.grey[::7], dtype=np.int16), np.asarray(sheet.style[::7])
    lines = (style >= 1) & (style <= 5)
    return float((np.abs(grey[lines] - np.median(grey)) >= 20).mean()) if lines.any() else 1.0


def to_grey(image: Image.Image) -> np.ndarray:
    """Luma (ITU-R 601) as uint8 [H,W]; transparent ground is put on white, as ingest does."""
    if image.mode in ("RGBA", "LA", "P"):
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(ground, image)
    return np.asarray(image.convert("L"))


def open_sheets(folder: str | os.PathLike, cache: str | os.PathLike | None = None) -> list[Sheet]:
    """All complete sheets of `folder`, sorted by name; half-written ones (generator still running) are left out."""
    folder = Path(folder)
    cache = Path(cache) if cache else folder / ".cache"
    cache.mkdir(parents=True, exist_ok=True)
    sheets = []
    for truth_path in sorted(folder.rglob("*.truth.json")):
        name = truth_path.name.removesuffix(".truth.json")
        files = {part: truth_path.with_name(f"{name}{part}.png") for part in ("", ".style")}
        try:
            truth = json.loads(truth_path.read_text())
            grey = _mapped(files[""], cache / f"{name}.grey.npy", grey=True)
            style = _mapped(files[".style"], cache / f"{name}.style.npy", grey=False)
        except (OSError, ValueError, SyntaxError) as problem:
            print(f"left out {name}: {problem}", flush=True)
            continue
        if grey.shape != style.shape:
            raise ValueError(f"{name}: sheet is {grey.shape} but style mask is {style.shape}")
        sheets.append(Sheet(name, grey, style, truth))
    if not sheets:
        raise SystemExit(f"no complete sheet (NAME.png, NAME.style.png, NAME.truth.json) in {folder}")
    return sheets


def _mapped(png: Path, npy: Path, *, grey: bool) -> np.ndarray:
    """Decodes `png` into `npy` unless it is there and newer, then maps it."""
    if not npy.exists() or npy.stat().st_mtime < png.stat().st_mtime:
        with Image.open(png) as image:
            pixels = to_grey(image) if grey else np.asarray(image if image.mode in ("L", "P") else image.convert("L"))
        partial = npy.with_suffix(f".{os.getpid()}.npy")
        np.save(partial, np.ascontiguousarray(pixels, dtype=np.uint8))
        partial.replace(npy)
    return np.load(npy, mmap_mode="r")
