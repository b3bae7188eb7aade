import { readFile } from "node:fs/promises";
import { PermanentError } from "#shared/errors";
import { findModel, parseNames } from "#shared/inference";
import { tensor } from "./make-model.ts";
import { decodeModel, type NodeProto, type TensorProto } from "./schema.ts";

/** The network whose body all learned models that look at pixels share. */
const NETWORK = "models/junction.onnx";

/** A fully connected layer: out = weights · in + bias; weights row-major [outputs, inputs]. */
export interface Dense {
  inputs: number;
  outputs: number;
  weights: Float32Array;
  bias: Float32Array;
}

/** A trained network cut before its head. */
export interface FrozenBody {
  /** Names of the patch that goes in, [N, 1, 48, 48] grey 0..1, and of what comes out, flat. */
  input: string;
  output: string;
  nodes: NodeProto[];
  weights: TensorProto[];
  /** Length of what comes out. */
  features: number;
  /** The head it was trained with: two dense layers with a ReLU between. */
  head: [Dense, Dense];
  /** Classes of that head, in order. */
  names: string[];
}

/**
 * Cuts the shipped junction network before its first dense layer, by editing the file's protobuf.
 * @throws FatalError `MODEL_ABSENT`; PermanentError `MODEL_INVALID` when it is built otherwise
 */
export async function frozenBody(path = NETWORK): Promise<FrozenBody> {
  const { graph, metadataProps } = decodeModel(await readFile(await findModel(path)));
  const stored = new Map(graph.initializer.map((each) => [each.name, each]));
  const first = graph.node.findIndex(({ opType }) => opType === "Gemm");
  const dense = graph.node.filter(({ opType }) => opType === "Gemm");
  const after = graph.node.slice(first).map(({ opType }) => opType);
  if (first < 0 || after.join(" ") !== "Gemm Relu Gemm")
    throw new PermanentError(
      "MODEL_INVALID",
      `${path} ends in ${after.join(", ") || "no dense layer"}; a body followed by Gemm, Relu, Gemm is needed`,
    );
  const head = dense.map((gemm) => denseLayer(gemm, stored)) as [Dense, Dense];
  const nodes = graph.node.slice(0, first);
  const used = new Set(nodes.flatMap(({ input }) => input));
  return {
    input: graph.input[0]!.name,
    output: dense[0]!.input[0]!,
    nodes,
    weights: graph.initializer.filter(({ name }) => used.has(name)),
    features: head[0].inputs,
    head,
    names: parseNames(metadataProps.find(({ key }) => key === "names")?.value ?? ""),
  };
}

function denseLayer(gemm: NodeProto, stored: Map<string, TensorProto>): Dense {
  const [weights, bias] = [stored.get(gemm.input[1]!)!, stored.get(gemm.input[2]!)!];
  return {
    outputs: weights.dims[0]!,
    inputs: weights.dims[1]!,
    weights: floats(weights),
    bias: floats(bias),
  };
}

/** The values of a float tensor, whichever way it stores them. */
function floats({ rawData, floatData }: TensorProto): Float32Array {
  if (!rawData?.length) return Float32Array.from(floatData ?? []);
  return new Float32Array(Uint8Array.from(rawData).buffer);
}

/** Nodes and weights of a dense layer. */
export function denseNodes(
  name: string,
  input: string,
  output: string,
  layer: Dense,
): { nodes: NodeProto[]; weights: TensorProto[] } {
  return {
    nodes: [
      {
        opType: "Gemm",
        input: [input, `${name}.weight`, `${name}.bias`],
        output: [output],
        attribute: [{ name: "transB", type: 2, i: 1 }],
      },
    ],
    weights: [
      tensor(`${name}.weight`, [layer.outputs, layer.inputs], layer.weights),
      tensor(`${name}.bias`, [layer.outputs], layer.bias),
    ],
  };
}
