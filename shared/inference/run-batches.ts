import type { Model, TensorData } from "./open-model.ts";

export interface BatchOptions<T> {
  items: Iterable<T>;
  /** Shape of one item, without the batch dimension. */
  itemDims: readonly number[];
  /** Most items per run; a model that fixes its batch size overrides it. */
  batchSize: number;
  /** Writes one item into its place of the batch buffer. */
  fill(item: T, target: Float32Array): void;
  /**
   * Takes the results of one run, in order; `output` may hold more rows than `items` when the batch size is fixed. Its
   * numbers are good until the next run.
   */
  take(items: T[], output: TensorData): void;
  /**
   * The output's shape follows from the input's, so one buffer serves all runs; with fresh ones, the memory of a large
   * output costs more than the work on it. @default what the model's own shape says
   */
  steadyOutput?: boolean;
  /** Checked between runs. */
  signal?: AbortSignal;
}

/**
 * Runs a model over many items with one reused input buffer, and one output buffer where its shape is known.
 * @returns how many runs it took, and the milliseconds spent inside them
 */
export async function runBatches<T>(
  model: Model,
  options: BatchOptions<T>,
): Promise<{ runs: number; runMs: number }> {
  const fixed = model.inputDims[0] ?? null;
  const size = fixed ?? options.batchSize;
  const length = options.itemDims.reduce((product, d) => product * d, 1);
  const buffer = new Float32Array(size * length);
  const spent = { runs: 0, runMs: 0 };
  const { outputDims } = model;
  const steady =
    options.steadyOutput ?? (outputDims.length > 0 && outputDims.slice(1).every((side) => side !== null));
  let made: { count: number; output: TensorData } | undefined;
  let batch: T[] = [];
  const flush = async () => {
    if (batch.length === 0) return;
    options.signal?.throwIfAborted();
    const count = fixed ?? batch.length;
    const begun = performance.now();
    const output = await model.run(
      { data: buffer.subarray(0, count * length), dims: [count, ...options.itemDims] },
      steady && made?.count === count ? made.output : undefined,
    );
    made = { count, output };
    spent.runMs += performance.now() - begun;
    spent.runs++;
    options.take(batch, output);
    batch = [];
  };
  for (const item of options.items) {
    options.fill(item, buffer.subarray(batch.length * length, (batch.length + 1) * length));
    batch.push(item);
    if (batch.length === size) await flush();
  }
  await flush();
  return spent;
}
