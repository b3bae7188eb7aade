"""Writes a trained model as ONNX, checks it in onnxruntime (node) against PyTorch, and leaves its sidecar JSON."""

import datetime
import hashlib
import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch

OPSET = 13
CHECKER = Path(__file__).resolve().parent.parent / "check-onnx.mjs"


def export_onnx(model: torch.nn.Module, example: torch.Tensor, path: Path, metadata: dict[str, str], *, input_name: str, output_name: str, dynamic: dict[str, dict[int, str]]) -> None:
    """Exports with dynamic axes as named, and writes `metadata` into the file's metadata_props."""
    model = model.eval().to(memory_format=torch.contiguous_format)
    torch.onnx.export(
        model, example, str(path), opset_version=OPSET, input_names=[input_name], output_names=[output_name],
        dynamic_axes=dynamic, do_constant_folding=True,
    )
    proto = onnx.load(str(path))
    for key, value in metadata.items():
        entry = proto.metadata_props.add()
        entry.key, entry.value = key, value
    onnx.checker.check_model(proto)
    onnx.save(proto, str(path))


def largest_difference(model: torch.nn.Module, batch: torch.Tensor, path: Path) -> float:
    """Greatest absolute difference between PyTorch and onnxruntime on one batch, relative to the output's greatest value."""
    with torch.no_grad():
        expected = model.eval()(batch).numpy()
    with tempfile.TemporaryDirectory() as folder:
        given, got = Path(folder, "in.f32"), Path(folder, "out.f32")
        given.write_bytes(np.ascontiguousarray(batch.numpy(), dtype="<f4").tobytes())
        shape = ",".join(map(str, batch.shape))
        subprocess.run(["node", str(CHECKER), str(path), shape, str(given), str(got)], check=True)
        answer = np.frombuffer(got.read_bytes(), dtype="<f4").reshape(expected.shape)
    return float(np.abs(answer - expected).max() / max(1e-9, np.abs(expected).max()))


def write_sidecar(path: Path, content: dict) -> None:
    """`<model>.json` beside `<model>.onnx`: content plus sha256, size and date of the ONNX file."""
    data = path.read_bytes()
    stamp = {"file": path.name, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    stamp["date"] = datetime.datetime.now(datetime.timezone.utc).date().isoformat()
    path.with_suffix(".json").write_text(json.dumps({**stamp, **content}, indent=2) + "\n")
