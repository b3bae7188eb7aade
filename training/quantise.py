"""Turns a trained float model into one of 8-bit integers: python3 training/quantise.py OUT/segmenter.onnx --data DIR.

Needs `pip install onnxruntime onnx numpy opencv-python-headless` (no PyTorch). The float model stays beside as
`<model>.float.onnx`, for GPUs and for comparison; `<model>.onnx` and its sidecar then tell of the integer one.
"""

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import cv2
import numpy as np
import onnx
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process
from penstock_training.degrade import degrade

CERTAIN = 14.0  # a class this far ahead of the mean of all is sure
KINDS = ["Conv", "Add", "Concat", "Resize", "MaxPool", "Relu"]


class Crops(CalibrationDataReader):
    """Crops of sheets, a quarter of them clean and the rest as damaged as training shows them; blank ones are left out."""

    def __init__(self, sheets: list[Path], feed: onnx.ValueInfoProto, count: int, seed: int):
        shape = [d.dim_value for d in feed.type.tensor_type.shape.dim]
        self.name, self.channels, self.side = feed.name, shape[1], shape[2] or 768
        self.sheets, self.left, self.rng = sheets, count, np.random.default_rng(seed)

    def get_next(self) -> dict | None:
        while self.left > 0:
            grey = cv2.imread(str(self.sheets[int(self.rng.integers(len(self.sheets)))]), cv2.IMREAD_GRAYSCALE)
            if min(grey.shape) <= self.side:
                continue
            y, x = (int(self.rng.integers(0, length - self.side)) for length in grey.shape)
            crop = grey[y : y + self.side, x : x + self.side]
            if crop.std() < 8:
                continue
            self.left -= 1
            return {self.name: np.repeat(degrade(crop, self.rng)[None, None], self.channels, 1)}
        return None


def kept_float(graph: onnx.GraphProto) -> list[str]:
    """Nodes behind the last convolutions, and those of them with 1 x 1 kernels: they carry coordinates and chances, and cost little."""
    makers = {name: node for node in graph.node for name in node.output}
    before, stack = set(), [node for node in graph.node if node.op_type == "Conv"]
    while stack:
        for name in stack.pop().input:
            if name in makers and makers[name].name not in before:
                before.add(makers[name].name)
                stack.append(makers[name])
    pointwise = lambda node: any(a.name == "kernel_shape" and list(a.ints) == [1, 1] for a in node.attribute)
    return [n.name for n in graph.node if n.name not in before and (n.op_type != "Conv" or pointwise(n))]


def centred(proto: onnx.ModelProto) -> dict:
    """Prepares a last convolution whose channels unfold into logits per pixel; returns the range its output is to have, by name.

    What all classes of a pixel have in common changes nothing, so it is taken out of the weights; what is left beyond
    `CERTAIN` is cut off. Eight bits over the whole range (some ±100) would be too coarse where two classes are close: at every rim.
    """
    makers = {name: node for node in proto.graph.node for name in node.output}
    unfold = next((n for n in proto.graph.node if n.op_type == "DepthToSpace" and n.output[0] == proto.graph.output[0].name), None)
    head = unfold and makers[unfold.input[0]]
    if head is None or head.op_type != "Conv":
        return {}
    block = next(a.i for a in unfold.attribute if a.name == "blocksize")
    for tensor in proto.graph.initializer:
        if tensor.name in head.input[1:]:
            value = onnx.numpy_helper.to_array(tensor)
            per_class = value.reshape(-1, block * block, *value.shape[1:])  # pixel_shuffle: channel = class x sub-pixel
            tensor.CopyFrom(onnx.numpy_helper.from_array((per_class - per_class.mean(0)).reshape(value.shape), tensor.name))
    return {head.output[0]: [{"rmin": np.float32(-CERTAIN), "rmax": np.float32(CERTAIN)}]}


def hand_out_bytes(proto: onnx.ModelProto) -> float:
    """Lets a segmenter give its logits as the bytes they are; returns what one step of a byte is, in logits (0: it stays as it is).

    As floats they say the same in four times the memory; whoever compares the classes of a pixel needs none.
    """
    graph = proto.graph
    unfold = next((n for n in graph.node if n.op_type == "DepthToSpace" and n.output[0] == graph.output[0].name), None)
    floats = unfold and next((n for n in graph.node if n.output[0] == unfold.input[0]), None)
    if floats is None or floats.op_type != "DequantizeLinear":
        return 0.0
    unfold.input[0] = floats.input[0]
    graph.node.remove(floats)
    graph.output[0].type.tensor_type.elem_type = onnx.TensorProto.UINT8
    return float(next(onnx.numpy_helper.to_array(t) for t in graph.initializer if t.name == floats.input[1]))


def quantise(given: Path, made: Path, sheets: list[Path], count: int, seed: int, reduced: bool) -> float:
    """Static quantisation in QDQ form: 8-bit activations, 8-bit weights per channel (7 bits when `reduced`). Returns the logits a step of its output is, 0 of floats."""
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder, "ready.onnx")
        quant_pre_process(str(given), str(ready), skip_symbolic_shape=True)
        proto = onnx.load(str(ready))
        ranges = centred(proto)
        onnx.save(proto, str(ready))
        quantize_static(
            str(ready), str(made), Crops(sheets, proto.graph.input[0], count, seed), quant_format=QuantFormat.QDQ,
            op_types_to_quantize=KINDS, nodes_to_exclude=kept_float(proto.graph), calibrate_method=CalibrationMethod.MinMax,
            activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8, per_channel=True, reduce_range=reduced,
            extra_options={"ForceQuantizeNoInputCheck": True, "TensorQuantOverrides": ranges},
        )
    proto, source = onnx.load(str(made)), onnx.load(str(given))
    step = hand_out_bytes(proto)
    del proto.metadata_props[:]
    proto.metadata_props.extend(source.metadata_props)
    if step:
        proto.metadata_props.append(onnx.StringStringEntryProto(key="logit_step", value=repr(step)))
    onnx.checker.check_model(proto)
    onnx.save(proto, str(made))
    return step


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--data", required=True, type=Path, help="folder of generated sheets")
    parser.add_argument("--crops", type=int, default=48, help="crops that the ranges of values are taken from")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--full-range", action="store_true", help="8-bit weights: exact only on processors with VNNI or ARM's dot products")
    options = parser.parse_args()
    path, kept = options.model, options.model.with_suffix(".float.onnx")
    if not kept.exists():
        shutil.copyfile(path, kept)
    sheets = sorted(p.with_suffix("").with_suffix("").with_suffix(".png") for p in options.data.rglob("*.truth.json"))
    step = quantise(kept, path, sheets, options.crops, options.seed, not options.full_range)
    data = path.read_bytes()
    side = json.loads(path.with_suffix(".json").read_text())
    side.update(sha256=hashlib.sha256(data).hexdigest(), bytes=len(data))
    side["quantised"] = {"from": kept.name, "weights": 8 if options.full_range else 7, "activations": 8, "crops": options.crops}
    if step:
        side["output"]["logitStep"] = step
    path.with_suffix(".json").write_text(json.dumps(side, indent=2) + "\n")
    print(f"{path.name}: {kept.stat().st_size:,} -> {len(data):,} bytes")


if __name__ == "__main__":
    main()
