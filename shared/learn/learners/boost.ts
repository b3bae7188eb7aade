/** What trees are fitted to: log odds of yes or no, or the logarithm of an expected count (Poisson). */
export type Loss = "logistic" | "poisson";

/** A regression tree as flat arrays; node 0 is the root. */
export interface Tree {
  /** Feature a node asks about; -1 at a leaf. */
  feature: Int32Array;
  /** Goes left when value <= threshold. */
  threshold: Float32Array;
  left: Int32Array;
  right: Int32Array;
  /** What a leaf adds. */
  value: Float32Array;
}

/** Gradient boosted trees (Friedman 2001): margin = base + Σ trees. */
export interface Boosted {
  loss: Loss;
  base: number;
  trees: Tree[];
}

export interface BoostOptions {
  /** Share of a tree's answer that is added. @default 0.1 */
  shrinkage?: number;
  /** Questions between root and leaf. @default 3 */
  depth?: number;
  /** Least weight (second derivatives) in a leaf. @default 2 */
  minWeight?: number;
  /** Pull of leaves towards 0. @default 2 */
  l2?: number;
  /** Share of the examples each tree sees. @default 0.8 */
  sample?: number;
}

/** Values split points lie between, per feature: at most this many. */
const BINS = 48;

/** Examples as the trees are grown on them: features cut into bins once. */
export interface Binned {
  rows: number;
  features: number;
  /** Upper edge of each bin but the last, per feature. */
  edges: Float32Array[];
  /** Bin of each example, feature by feature. */
  bins: Uint8Array[];
}

/** Cuts features at quantiles of their values. */
export function binRows(rows: readonly Float32Array[]): Binned {
  const features = rows[0]?.length ?? 0;
  const edges: Float32Array[] = [];
  const bins: Uint8Array[] = [];
  for (let f = 0; f < features; f++) {
    const values = Float32Array.from(rows, (row) => row[f]!).sort();
    const cuts = new Set<number>();
    for (let b = 1; b < BINS; b++) {
      const at = Math.floor((b * values.length) / BINS);
      const [below, above] = [values[at - 1] ?? values[0]!, values[at]!];
      if (below < above) cuts.add(Math.fround((below + above) / 2));
    }
    // Rare values at the ends are what corrections hang on: they get an edge of their own.
    const [low, high] = [values[0]!, values.at(-1)!];
    const second = values.find((value) => value > low);
    const last = values.findLast((value) => value < high);
    if (second !== undefined) cuts.add(Math.fround((low + second) / 2));
    if (last !== undefined) cuts.add(Math.fround((last + high) / 2));
    const edge = Float32Array.from([...cuts].sort((a, b) => a - b));
    edges.push(edge);
    bins.push(Uint8Array.from(rows, (row) => binOf(edge, row[f]!)));
  }
  return { rows: rows.length, features, edges, bins };
}

function binOf(edges: Float32Array, value: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= edges[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The margin that fits all examples best before any tree. */
export function startBoosted(loss: Loss, targets: ArrayLike<number>, importance: ArrayLike<number>): Boosted {
  let [sum, mass] = [0, 0];
  for (let i = 0; i < targets.length; i++) {
    sum += targets[i]! * importance[i]!;
    mass += importance[i]!;
  }
  const mean = Math.max(1e-4, sum / (mass || 1));
  const base = loss === "poisson" ? Math.log(mean) : Math.log(mean / Math.max(1e-4, 1 - mean));
  return { loss, base: Math.fround(base), trees: [] };
}

/** Probability, or expected count, of a margin. */
export const respond = (loss: Loss, margin: number): number =>
  loss === "poisson" ? Math.exp(margin) : 1 / (1 + Math.exp(-margin));

/**
 * Grows one more tree on the gradient of the loss and adds it; `margins` are brought up to date.
 * @param random draws the sample
 */
export function growTree(
  model: Boosted,
  data: Binned,
  targets: ArrayLike<number>,
  importance: ArrayLike<number>,
  margins: Float32Array,
  random: () => number,
  options: BoostOptions = {},
): void {
  const { shrinkage = 0.1, depth = 3, minWeight = 2, l2 = 2, sample = 0.8 } = options;
  const gradient = new Float64Array(data.rows);
  const curvature = new Float64Array(data.rows);
  const drawn: number[] = [];
  for (let i = 0; i < data.rows; i++) {
    const predicted = respond(model.loss, margins[i]!);
    gradient[i] = importance[i]! * (targets[i]! - predicted);
    curvature[i] = importance[i]! * (model.loss === "poisson" ? predicted : predicted * (1 - predicted));
    if (random() < sample) drawn.push(i);
  }
  const nodes: { feature: number; threshold: number; left: number; right: number; value: number }[] = [];
  const grow = (members: readonly number[], level: number): number => {
    const own = nodes.length;
    let [g, h] = [0, 0];
    for (const i of members) {
      g += gradient[i]!;
      h += curvature[i]!;
    }
    nodes.push({ feature: -1, threshold: 0, left: -1, right: -1, value: (shrinkage * g) / (h + l2) });
    const split =
      level < depth ? bestSplit(data, members, gradient, curvature, g, h, minWeight, l2) : undefined;
    if (!split) return own;
    const bins = data.bins[split.feature]!;
    const node = nodes[own]!;
    node.feature = split.feature;
    node.threshold = data.edges[split.feature]![split.bin]!;
    node.left = grow(
      members.filter((i) => bins[i]! <= split.bin),
      level + 1,
    );
    node.right = grow(
      members.filter((i) => bins[i]! > split.bin),
      level + 1,
    );
    return own;
  };
  grow(drawn, 0);
  const tree: Tree = {
    feature: Int32Array.from(nodes, (node) => node.feature),
    threshold: Float32Array.from(nodes, (node) => node.threshold),
    left: Int32Array.from(nodes, (node) => node.left),
    right: Int32Array.from(nodes, (node) => node.right),
    value: Float32Array.from(nodes, (node) => node.value),
  };
  model.trees.push(tree);
  for (let i = 0; i < data.rows; i++) {
    let at = 0;
    while (tree.feature[at]! >= 0) {
      const f = tree.feature[at]!;
      // A value lies left of an edge exactly when its bin does.
      at = data.bins[f]![i]! <= binOf(data.edges[f]!, tree.threshold[at]!) ? tree.left[at]! : tree.right[at]!;
    }
    margins[i]! += tree.value[at]!;
  }
}

function bestSplit(
  data: Binned,
  members: readonly number[],
  gradient: Float64Array,
  curvature: Float64Array,
  g: number,
  h: number,
  minWeight: number,
  l2: number,
): { feature: number; bin: number } | undefined {
  let best: { feature: number; bin: number } | undefined;
  let gain = 1e-6 + (g * g) / (h + l2);
  const [sums, weights] = [new Float64Array(256), new Float64Array(256)];
  for (let f = 0; f < data.features; f++) {
    const edges = data.edges[f]!.length;
    if (edges === 0) continue;
    sums.fill(0, 0, edges + 1);
    weights.fill(0, 0, edges + 1);
    const bins = data.bins[f]!;
    for (const i of members) {
      sums[bins[i]!]! += gradient[i]!;
      weights[bins[i]!]! += curvature[i]!;
    }
    let [left, leftWeight] = [0, 0];
    for (let b = 0; b < edges; b++) {
      left += sums[b]!;
      leftWeight += weights[b]!;
      const rightWeight = h - leftWeight;
      if (leftWeight < minWeight || rightWeight < minWeight) continue;
      const worth = (left * left) / (leftWeight + l2) + ((g - left) * (g - left)) / (rightWeight + l2);
      if (worth > gain) [gain, best] = [worth, { feature: f, bin: b }];
    }
  }
  return best;
}

/** Sum of base and trees for one row. */
export function marginOf({ base, trees }: Boosted, row: Float32Array): number {
  let margin = base;
  for (const { feature, threshold, left, right, value } of trees) {
    let at = 0;
    while (feature[at]! >= 0) at = row[feature[at]!]! <= threshold[at]! ? left[at]! : right[at]!;
    margin += value[at]!;
  }
  return margin;
}
