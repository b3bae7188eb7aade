import { fields } from "./protobuf-fields.ts";

/** Field numbers of `ModelProto`, `GraphProto` and `TensorProto` (onnx.proto3), and the types of numbers we look at. */
const MODEL_GRAPH = 7;
const GRAPH_INITIALIZER = 5;
const TENSOR = { dataType: 2, floatData: 4, name: 8, rawData: 9, dataLocation: 14 } as const;
const FLOAT = 1;
const EXTERNAL = 1;

/**
 * Looks at the weights an ONNX file holds.
 * @returns why they cannot be used: a number that is none (a training that diverged), or weights that lie in another file;
 * undefined when nothing is wrong
 * @throws RangeError when the bytes are no protobuf
 */
export function badWeights(bytes: Uint8Array): string | undefined {
  for (const { field, data: graph } of fields(bytes)) {
    if (field !== MODEL_GRAPH || !graph) continue;
    for (const { field: kind, data: tensor } of fields(graph)) {
      const problem = kind === GRAPH_INITIALIZER && tensor ? badTensor(tensor) : undefined;
      if (problem) return problem;
    }
  }
  return undefined;
}

function badTensor(bytes: Uint8Array): string | undefined {
  let name = "";
  let type = 0;
  let finite = true;
  let values: Uint8Array | undefined;
  for (const { field, varint, data } of fields(bytes)) {
    if (field === TENSOR.dataType) type = varint ?? 0;
    if (field === TENSOR.name && data) name = new TextDecoder().decode(data);
    if (field === TENSOR.rawData) values = data;
    // Packed, or one by one.
    if (field === TENSOR.floatData && data) finite &&= allFinite(data);
    if (field === TENSOR.dataLocation && varint === EXTERNAL)
      return `its weights "${name}" lie in another file; export the model as one file`;
  }
  if (type === FLOAT && values) finite &&= allFinite(values);
  return finite ? undefined : `its weights "${name}" hold NaN or infinity: the training diverged`;
}

/** Whether little-endian float32 values are all numbers; they need not be aligned. */
function allFinite(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // An exponent of all ones is NaN or infinity (IEEE 754).
  for (let at = 0; at + 4 <= bytes.byteLength; at += 4)
    if ((view.getUint32(at, true) & 0x7f800000) === 0x7f800000) return false;
  return true;
}
