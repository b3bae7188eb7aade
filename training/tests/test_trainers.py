"""Each trainer runs end to end on a few drawn sheets: it learns, resumes, and leaves a model onnxruntime agrees with."""

import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from tests.drawn_sheets import draw_sheets

TRAINING = Path(__file__).resolve().parent.parent


class Trainers(unittest.TestCase):
    def run_trainer(self, model: str, batch: int) -> None:
        with tempfile.TemporaryDirectory() as folder:
            data = draw_sheets(Path(folder, "data"), 4)
            command = [sys.executable, str(TRAINING / f"{model}.py"), "--data", str(data), "--out", f"{folder}/out", "--run", f"{folder}/run", "--batch", str(batch)]
            for expected in (3, 6):
                subprocess.run([*command, "--minutes", "2", "--max-steps", "3"], check=True, capture_output=True)
                sidecar = json.loads(Path(folder, "out", f"{model}.json").read_text())
                self.assertEqual(sidecar["training"]["steps"], expected)
            metrics = json.loads(Path(folder, "out", "metrics.json").read_text())
            self.assertLess(metrics["onnxDifference"], 1e-3)
            self.assertLess(sidecar["bytes"], 8e6)
            self.assertIn("3 steps" if expected == 3 else "6 steps", Path(folder, "out", f"{model}.curve.svg").read_text())
            self.assertGreater(Path(folder, "out", f"{model}.failures.png").stat().st_size, 500)

    def test_the_junction_trainer_resumes_and_exports(self):
        self.run_trainer("junction", 16)

    def test_the_segmenter_trainer_resumes_and_exports(self):
        self.run_trainer("segmenter", 2)

    def test_the_detector_trainer_resumes_and_exports(self):
        self.run_trainer("detector", 2)


if __name__ == "__main__":
    unittest.main()
