import { denseNodes, type FrozenBody } from "./frozen-body.ts";
import { indices, node } from "./make-model.ts";
import type { NodeProto, TensorProto } from "./schema.ts";

/** The last layer of the body: channels, and side of its image. */
const CHANNELS = 32;
const SIDE = 6;
const POOLED = CHANNELS * (SIDE / 2) ** 2;

/** How a patch looks to the frozen network: nodes and weights from its input to a row of `length` numbers. */
export interface Looks {
  input: string;
  output: string;
  length: number;
  nodes: NodeProto[];
  weights: TensorProto[];
}

/**
 * What every learned model that sees pixels is given: the hidden features of the shipped head, followed by the body's last image
 * pooled 2 × 2.
 */
export function looksOf(body: FrozenBody): Looks {
  const [hidden] = body.head;
  const layer = denseNodes("hidden", body.output, "hidden_sums", hidden);
  return {
    input: body.input,
    output: "looks",
    length: hidden.outputs + POOLED,
    nodes: [
      ...body.nodes,
      ...layer.nodes,
      node("Relu", ["hidden_sums"], ["hidden_features"]),
      node("Reshape", [body.output, "image_shape"], ["image"]),
      node("AveragePool", ["image"], ["pooled"], { kernel_shape: [2, 2], strides: [2, 2] }),
      node("Flatten", ["pooled"], ["pooled_features"], { axis: 1 }),
      node("Concat", ["hidden_features", "pooled_features"], ["looks"], { axis: 1 }),
    ],
    weights: [...body.weights, ...layer.weights, indices("image_shape", [-1, CHANNELS, SIDE, SIDE])],
  };
}
