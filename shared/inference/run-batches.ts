import type { Model } from "./open-model.ts";
import type { Numbers, Ran, TensorData } from "./session.ts";

export interface BatchOptions<T, D extends Numbers = Float32Array> {
  items: Iterable<T>;
  /** Shape of one item, without the batch dimension. */
  itemDims: readonly number[];
  /** Most items per run; a model that fixes its batch size overrides it. */
  batchSize: number;
  /** Writes one item into its place of the batch buffer. */
  fill(item: T, target: Float32Array): void;
  /**
   * Takes the results of one run, in order; `output` may hold more rows than `items` when the batch size is fixed. Its
   * numbers are good until it returns.
   */
  take(items: T[], output: TensorData<D>): void;
  /**
   * The output's shape follows from the input's, so buffers serve all runs; with fresh ones, the memory of a large
   * output costs more than the work on it. @default what the model's own shape says
   */
  steadyOutput?: boolean;
  /** Checked between runs. */
  signal?: AbortSignal;
}

/** How many runs it took, for how many rows of batches, the milliseconds inside them, and the shape of the first one's input. */
export interface Spent {
  runs: number;
  rows: number;
  runMs: number;
  input: string;
}

/** Memory of one run: its input, and the output of the last run that used it. */
interface Lane {
  input: Float32Array;
  made?: { count: number; output: TensorData<Numbers> };
}

interface Flight<T> {
  items: T[];
  /** Rows of the run. */
  count: number;
  lane: Lane;
  ran: Promise<Ran>;
}

/**
 * Runs a model over many items through a few buffers that are used again and again. While a model that runs apart computes, the
 * next batch is filled and the results of the one before are taken: two buffers each, and in the same order as without.
 * @typeParam D what the model gives, as it was asked for when it was opened
 * @throws what a run, `fill` or `take` threw, or the signal's reason, once nothing runs any more
 */
export async function runBatches<T, D extends Numbers = Float32Array>(
  model: Model,
  options: BatchOptions<T, D>,
): Promise<Spent> {
  const { itemDims, signal, take } = options;
  const fixed = model.inputDims[0] ?? null;
  const size = fixed ?? options.batchSize;
  const length = itemDims.reduce((product, d) => product * d, 1);
  const { outputDims } = model;
  const steady =
    options.steadyOutput ?? (outputDims.length > 0 && outputDims.slice(1).every((side) => side !== null));
  const spent: Spent = { runs: 0, rows: 0, runMs: 0, input: "" };
  const newLane = (): Lane => ({ input: new Float32Array(size * length) });

  const start = (items: T[], lane: Lane): Flight<T> => {
    const count = fixed ?? items.length;
    const dims = [count, ...itemDims];
    const into = steady && lane.made?.count === count ? lane.made.output : undefined;
    spent.input ||= dims.join("x");
    return {
      items,
      count,
      lane,
      ran: model.session.run({ data: lane.input.subarray(0, count * length), dims }, into),
    };
  };
  /** Waits for a run; its lane then has its buffers back. */
  const land = async ({ ran, lane, count }: Flight<T>): Promise<TensorData<D>> => {
    const { input, ms, ...output } = await ran;
    lane.input = new Float32Array(input.buffer as ArrayBuffer);
    lane.made = { count, output };
    spent.runMs += ms;
    spent.runs++;
    spent.rows += count;
    return output as TensorData<D>;
  };

  let lane: Lane | undefined;
  let spare: Lane | undefined;
  let batch: T[] = [];
  let flying: Flight<T> | undefined;
  const flush = async () => {
    if (!lane) return;
    signal?.throwIfAborted();
    const before = flying;
    const output = before && (await land(before));
    signal?.throwIfAborted();
    flying = start(batch, lane);
    [batch, lane, spare] = [[], undefined, before?.lane];
    if (before) take(before.items, output!);
    if (!model.session.apart) await finish();
  };
  const finish = async () => {
    if (!flying) return;
    const last = flying;
    const output = await land(last);
    flying = undefined;
    spare = last.lane;
    take(last.items, output);
  };
  try {
    for (const item of options.items) {
      lane ??= spare ?? newLane();
      options.fill(item, lane.input.subarray(batch.length * length, (batch.length + 1) * length));
      batch.push(item);
      if (batch.length === size) await flush();
    }
    await flush();
    await finish();
  } finally {
    await flying?.ran.catch(() => {});
  }
  return spent;
}
