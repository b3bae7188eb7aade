"""Photometric damage: what scanners, photocopiers and JPEG do to a sheet, without moving a pixel."""

import cv2
import numpy as np


def degrade(patch: np.ndarray, rng: np.random.Generator, strength: float = 1.0) -> np.ndarray:
    """Returns float32 [H,W] in 0..1 from uint8 [H,W]. `strength` 0 leaves the ink as drawn, 1 is a bad photocopy at worst."""
    image = patch.astype(np.float32) / 255.0
    if strength <= 0 or rng.random() < 0.25:
        return image
    height, width = image.shape
    if rng.random() < 0.35:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.3, 0.3 + 0.9 * strength))
    if rng.random() < 0.6:  # faded ink on a grey ground
        ink, ground = rng.uniform(0, 0.45 * strength), rng.uniform(1 - 0.25 * strength, 1.0)
        image = ink + image * max(ground - ink, 0.3)
    if rng.random() < 0.3:  # uneven light: a coarse field stretched over the patch
        field = rng.normal(0, 0.06 * strength, (3, 3)).astype(np.float32)
        image = image + cv2.resize(field, (width, height), interpolation=cv2.INTER_CUBIC)
    if rng.random() < 0.4:
        image = image + rng.standard_normal((height, width), dtype=np.float32) * np.float32(rng.uniform(0, 0.08 * strength))
    if rng.random() < 0.05 * strength:  # specks of dust
        specks = rng.random((height, width), dtype=np.float32) < 0.0008
        image = np.where(specks, rng.random(), image).astype(np.float32)
    image = np.clip(image, 0, 1)
    if rng.random() < 0.3:
        quality = int(rng.uniform(30, 90))
        _, coded = cv2.imencode(".jpg", (image * 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, quality])
        image = cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE).astype(np.float32) / 255.0
    if rng.random() < 0.02:
        image = 1.0 - image
    return image.astype(np.float32)
