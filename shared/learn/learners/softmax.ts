import { derive, seeded, shuffled } from "./random.ts";

/** A linear classifier: logits = weights · features + bias. */
export interface Softmax {
  classes: number;
  inputs: number;
  /** Row-major [classes, inputs]. */
  weights: Float32Array;
  bias: Float32Array;
}

/** A classifier while it learns (Adam, Kingma and Ba 2015). */
export interface SoftmaxState {
  model: Softmax;
  /** First and second moments of the gradient, weights then bias. */
  first: Float32Array;
  second: Float32Array;
  steps: number;
}

export interface SoftmaxOptions {
  seed: number;
  /** Pull towards `prior` (towards 0 without): half its factor times the squared distance, per example. */
  l2: number;
  /** Weights known from before, which the new ones stay near where the data say nothing else. */
  prior?: Softmax;
  /** @default 0.01 */
  rate?: number;
  /** @default 64 */
  batch?: number;
}

/** A classifier that knows nothing yet, or what `prior` knows. */
export function startSoftmax(classes: number, inputs: number, prior?: Softmax): SoftmaxState {
  const size = classes * inputs;
  return {
    model: {
      classes,
      inputs,
      weights: prior ? prior.weights.slice() : new Float32Array(size),
      bias: prior ? prior.bias.slice() : new Float32Array(classes),
    },
    first: new Float32Array(size + classes),
    second: new Float32Array(size + classes),
    steps: 0,
  };
}

/** One pass over all examples in an order drawn from seed and round; `importance` weighs each example. */
export function softmaxEpoch(
  state: SoftmaxState,
  rows: readonly Float32Array[],
  labels: ArrayLike<number>,
  importance: ArrayLike<number>,
  round: number,
  options: SoftmaxOptions,
): void {
  const { model } = state;
  const { classes, inputs } = model;
  const { l2, prior, rate = 0.01, batch = 64 } = options;
  const order = shuffled(rows.length, seeded(derive(options.seed, round)));
  const gradient = new Float32Array(classes * inputs + classes);
  const p = new Float32Array(classes);
  for (let from = 0; from < rows.length; from += batch) {
    gradient.fill(0);
    const to = Math.min(rows.length, from + batch);
    let mass = 0;
    for (let k = from; k < to; k++) {
      const i = order[k]!;
      const row = rows[i]!;
      const weight = importance[i]!;
      mass += weight;
      probabilities(model, row, p);
      for (let c = 0; c < classes; c++) {
        const error = weight * (p[c]! - (c === labels[i] ? 1 : 0));
        if (error < 1e-7 && error > -1e-7) continue;
        const at = c * inputs;
        for (let f = 0; f < inputs; f++) gradient[at + f]! += error * row[f]!;
        gradient[classes * inputs + c]! += error;
      }
    }
    if (mass === 0) continue;
    adam(state, gradient, mass, l2, prior, rate);
  }
}

function adam(
  state: SoftmaxState,
  gradient: Float32Array,
  mass: number,
  l2: number,
  prior: Softmax | undefined,
  rate: number,
): void {
  const { model, first, second } = state;
  const size = model.weights.length;
  state.steps++;
  const [slow, quick] = [1 - 0.9 ** state.steps, 1 - 0.999 ** state.steps];
  for (let k = 0; k < gradient.length; k++) {
    const bias = k >= size;
    const now = bias ? model.bias[k - size]! : model.weights[k]!;
    const origin = prior ? (bias ? prior.bias[k - size]! : prior.weights[k]!) : 0;
    const g = gradient[k]! / mass + (bias && !prior ? 0 : l2 * (now - origin));
    first[k] = 0.9 * first[k]! + 0.1 * g;
    second[k] = 0.999 * second[k]! + 0.001 * g * g;
    const next = now - (rate * (first[k]! / slow)) / (Math.sqrt(second[k]! / quick) + 1e-8);
    if (bias) model.bias[k - size] = next;
    else model.weights[k] = next;
  }
}

/** Class probabilities of one row. */
export function probabilities(
  { classes, inputs, weights, bias }: Softmax,
  row: Float32Array,
  target: Float32Array = new Float32Array(classes),
): Float32Array {
  let top = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < classes; c++) {
    let sum = bias[c]!;
    const at = c * inputs;
    for (let f = 0; f < inputs; f++) sum += weights[at + f]! * row[f]!;
    target[c] = sum;
    if (sum > top) top = sum;
  }
  let total = 0;
  for (let c = 0; c < classes; c++) {
    target[c] = Math.exp(target[c]! - top);
    total += target[c]!;
  }
  for (let c = 0; c < classes; c++) target[c]! /= total;
  return target;
}
