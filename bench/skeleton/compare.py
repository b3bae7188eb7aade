"""Times other tools' thinning on a raw mask, for the skeleton bench. Usage: compare.py FOLDER WIDTH HEIGHT ROUNDS"""
import json
import sys
import time

import numpy as np

folder, width, height, rounds = sys.argv[1], *map(int, sys.argv[2:5])
mask = np.fromfile(f"{folder}/mask.raw", np.uint8).reshape(height, width)
report = []


def measure(name, call):
    """Best of some rounds (slow tools: fewer); keeps the result for the quality check."""
    best = float("inf")
    spent = 0.0
    for _ in range(rounds):
        start = time.perf_counter()
        result = call()
        took = time.perf_counter() - start
        best, spent = min(best, took), spent + took
        if spent > 20:
            break
    file = f"{len(report)}.raw"
    (np.asarray(result) != 0).astype(np.uint8).tofile(f"{folder}/{file}")
    report.append({"name": name, "ms": best * 1000, "file": file})


try:
    import skimage
    from skimage.morphology import skeletonize

    boolean = mask.astype(bool)
    measure(f"scikit-image {skimage.__version__}: skeletonize (Zhang)", lambda: skeletonize(boolean))
    measure(f"scikit-image {skimage.__version__}: skeletonize (Lee)", lambda: skeletonize(boolean, method="lee"))
except ImportError as error:
    report.append({"name": "scikit-image", "missing": str(error)})

try:
    import cv2

    cv2.setNumThreads(1)
    if hasattr(cv2, "ximgproc"):
        scaled = mask * 255
        measure(f"OpenCV {cv2.__version__}: ximgproc.thinning (Zhang-Suen)",
                lambda: cv2.ximgproc.thinning(scaled, thinningType=cv2.ximgproc.THINNING_ZHANGSUEN))
        measure(f"OpenCV {cv2.__version__}: ximgproc.thinning (Guo-Hall)",
                lambda: cv2.ximgproc.thinning(scaled, thinningType=cv2.ximgproc.THINNING_GUOHALL))
    else:
        report.append({"name": f"OpenCV {cv2.__version__}", "missing": "built without ximgproc"})
except ImportError as error:
    report.append({"name": "OpenCV", "missing": str(error)})

print(json.dumps(report))
