import type { Database, Value } from "../sql/database.ts";

/** Width of a slot of ended attempts, ms. */
export const TICK_MS = 10_000;
/** Width of a slot of durations, ms: percentiles look back to the beginning of one. */
export const LATENCY_MS = 300_000;
const STEP = Math.log(1.05);

/** Bucket of a duration: each is 5 % wider than the one before, from 1 ms. */
export const bucketOf = (ms: number): number => Math.max(0, Math.ceil(Math.log(Math.max(1, ms)) / STEP));
/** Upper end of a bucket, ms. */
export const bucketMs = (bucket: number): number => Math.exp(bucket * STEP);

export type TickOutcome = "succeeded" | "failed" | "retried";

const TABLES = { ticks: 4, latencies: 5, task_counts: 3, run_counts: 2 } as const;
type Table = keyof typeof TABLES;

/** Numbers gathered while records are applied, added to their tables once at the end. */
export class Tallies {
  readonly #sums = new Map<string, { table: Table; key: Value[]; n: number }>();

  ended(pipeline: string, stage: string, outcome: TickOutcome, at: number): void {
    this.#add("ticks", [Math.floor(at / TICK_MS) * TICK_MS, pipeline, stage, outcome], 1);
  }

  took(pipeline: string, stage: string, metric: "wait" | "run", ms: number, at: number): void {
    this.#add(
      "latencies",
      [Math.floor(at / LATENCY_MS) * LATENCY_MS, pipeline, stage, metric, bucketOf(ms)],
      1,
    );
  }

  /** @param from null for a task that is new */
  taskMoved(pipeline: string, stage: string, from: string | null, to: string): void {
    if (from !== null) this.#add("task_counts", [pipeline, stage, from], -1);
    this.#add("task_counts", [pipeline, stage, to], 1);
  }

  /** @param from null for a run that is new */
  runMoved(pipeline: string, from: string | null, to: string): void {
    if (from !== null) this.#add("run_counts", [pipeline, from], -1);
    this.#add("run_counts", [pipeline, to], 1);
  }

  store(db: Database): void {
    for (const { table, key, n } of this.#sums.values())
      if (n !== 0)
        db.run(
          `INSERT INTO ${table} VALUES (${"?, ".repeat(TABLES[table])}?) ON CONFLICT DO UPDATE SET n = n + excluded.n`,
          ...key,
          n,
        );
  }

  #add(table: Table, key: Value[], n: number): void {
    const id = `${table}/${key.join("/")}`;
    const sum = this.#sums.get(id);
    if (sum) sum.n += n;
    else this.#sums.set(id, { table, key, n });
  }
}
