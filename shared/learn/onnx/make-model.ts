import { PermanentError } from "#shared/errors";
import {
  type AttributeProto,
  encodeModel,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from "./schema.ts";

const FLOAT = 1;
const INT64 = 7;
/** Opset of the shipped networks: heads are joined to them. */
const OPSET = 13;
const ML_OPSET = 3;
const IR_VERSION = 7;

/** A size that a model fixes, or the name of one it does not. */
export type Size = number | string;

const value = (name: string, dims: readonly Size[]): ValueInfoProto => ({
  name,
  type: {
    tensorType: {
      elemType: FLOAT,
      shape: { dim: dims.map((d) => (typeof d === "number" ? { dimValue: d } : { dimParam: d })) },
    },
  },
});

/**
 * A stored array.
 * @throws PermanentError `NOT_FINITE` naming it: weights that are no numbers never leave a trainer
 */
export function tensor(name: string, dims: readonly number[], data: ArrayLike<number>): TensorProto {
  const values = Float32Array.from(data);
  const size = dims.reduce((a, b) => a * b, 1);
  if (values.length !== size)
    throw new RangeError(`${name} has ${values.length} values, [${dims.join(", ")}] holds ${size}`);
  if (!values.every(Number.isFinite))
    throw new PermanentError("NOT_FINITE", `${name} holds numbers that are not finite: training went wrong`);
  return { name, dims: [...dims], dataType: FLOAT, rawData: new Uint8Array(values.buffer) };
}

/** A stored array of whole numbers: axes, shapes, bounds. */
export function indices(name: string, data: readonly number[]): TensorProto {
  const values = BigInt64Array.from(data, BigInt);
  return { name, dims: [data.length], dataType: INT64, rawData: new Uint8Array(values.buffer) };
}

type Attribute = number | string | readonly string[] | readonly number[] | { floats: readonly number[] };

/** An operator; whole numbers become ints, `{ floats }` floats, `{ f }` is written as a list of one by its operator. */
export function node(
  opType: string,
  input: string[],
  output: string[],
  attributes: Record<string, Attribute> = {},
  domain = "",
): NodeProto {
  const attribute = Object.entries(attributes).map(([name, given]): AttributeProto => {
    if (typeof given === "number")
      return Number.isInteger(given) ? { name, type: 2, i: given } : { name, type: 1, f: given };
    if (typeof given === "string") return { name, type: 3, s: Buffer.from(given) };
    if ("floats" in given) return { name, type: 6, floats: [...given.floats] };
    if (given.some((each) => typeof each === "string"))
      return { name, type: 8, strings: given.map((each) => Buffer.from(each as string)) };
    return { name, type: 7, ints: given as number[] };
  });
  return { opType, input, output, attribute, domain };
}

export interface ModelParts {
  name: string;
  input: { name: string; dims: readonly Size[] };
  output: { name: string; dims: readonly Size[] };
  nodes: NodeProto[];
  weights: TensorProto[];
  /** What users of the model read: `names`, and whatever else. */
  metadata: Record<string, string>;
}

/** Puts a model together: one input, one output, float32. */
export function makeModel({ name, input, output, nodes, weights, metadata }: ModelParts): Uint8Array {
  return encodeModel({
    irVersion: IR_VERSION,
    producerName: "penstock",
    opsetImport: [{ version: OPSET }, { domain: "ai.onnx.ml", version: ML_OPSET }],
    graph: {
      name,
      node: nodes,
      initializer: weights,
      input: [value(input.name, input.dims)],
      output: [value(output.name, output.dims)],
      valueInfo: [],
    },
    metadataProps: Object.entries(metadata).map(([key, text]) => ({ key, value: text })),
  });
}
