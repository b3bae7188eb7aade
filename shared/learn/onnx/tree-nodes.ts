import { PermanentError } from "#shared/errors";
import type { Boosted } from "../learners/boost.ts";
import { node } from "./make-model.ts";
import type { NodeProto } from "./schema.ts";

/** Boosted trees as one operator, `TreeEnsembleRegressor` of ai.onnx.ml: features [N, F] in, margins [N, 1] out. */
export function treeNode(model: Boosted, input: string, output: string): NodeProto {
  const ints = {
    nodes_treeids: [] as number[],
    nodes_nodeids: [] as number[],
    nodes_featureids: [] as number[],
    nodes_truenodeids: [] as number[],
    nodes_falsenodeids: [] as number[],
    target_treeids: [] as number[],
    target_nodeids: [] as number[],
    target_ids: [] as number[],
  };
  const values: number[] = [];
  const modes: string[] = [];
  const weights: number[] = [];
  model.trees.forEach((tree, t) => {
    for (let n = 0; n < tree.feature.length; n++) {
      const leaf = tree.feature[n]! < 0;
      ints.nodes_treeids.push(t);
      ints.nodes_nodeids.push(n);
      ints.nodes_featureids.push(leaf ? 0 : tree.feature[n]!);
      ints.nodes_truenodeids.push(leaf ? 0 : tree.left[n]!);
      ints.nodes_falsenodeids.push(leaf ? 0 : tree.right[n]!);
      values.push(leaf ? 0 : tree.threshold[n]!);
      modes.push(leaf ? "LEAF" : "BRANCH_LEQ");
      if (!leaf) continue;
      ints.target_treeids.push(t);
      ints.target_nodeids.push(n);
      ints.target_ids.push(0);
      weights.push(tree.value[n]!);
    }
  });
  if (![...values, ...weights, model.base].every(Number.isFinite))
    throw new PermanentError("NOT_FINITE", "the trees hold numbers that are not finite: training went wrong");
  return node(
    "TreeEnsembleRegressor",
    [input],
    [output],
    {
      ...ints,
      nodes_values: { floats: values },
      nodes_modes: modes,
      target_weights: { floats: weights },
      base_values: { floats: [model.base] },
      n_targets: 1,
      post_transform: "NONE",
      aggregate_function: "SUM",
    },
    "ai.onnx.ml",
  );
}
