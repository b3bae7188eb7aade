import type { Database } from "../sql/database.ts";

/** Width of a slot of ended attempts, ms. */
export const TICK_MS = 10_000;
/** Width of a slot of durations, ms. */
export const LATENCY_MS = 60_000;
const STEP = Math.log(1.05);

/** Bucket of a duration: each is 5 % wider than the one before, from 1 ms. */
export const bucketOf = (ms: number): number => Math.max(0, Math.ceil(Math.log(Math.max(1, ms)) / STEP));
/** Upper end of a bucket, ms. */
export const bucketMs = (bucket: number): number => Math.exp(bucket * STEP);

export type TickOutcome = "succeeded" | "failed" | "retried";

/** Numbers gathered while a batch is applied, added to their tables once at its end. */
export class Tallies {
  readonly #ticks = new Map<string, number>();
  readonly #latencies = new Map<string, number>();

  ended(pipeline: string, stage: string, outcome: TickOutcome, at: number): void {
    add(this.#ticks, [Math.floor(at / TICK_MS) * TICK_MS, pipeline, stage, outcome]);
  }

  took(pipeline: string, stage: string, metric: "wait" | "run", ms: number, at: number): void {
    add(this.#latencies, [Math.floor(at / LATENCY_MS) * LATENCY_MS, pipeline, stage, metric, bucketOf(ms)]);
  }

  flush(db: Database): void {
    for (const [key, n] of this.#ticks)
      db.run(
        "INSERT INTO ticks VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
        ...(JSON.parse(key) as string[]),
        n,
      );
    for (const [key, n] of this.#latencies)
      db.run(
        "INSERT INTO latencies VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
        ...(JSON.parse(key) as string[]),
        n,
      );
    this.#ticks.clear();
    this.#latencies.clear();
  }
}

function add(map: Map<string, number>, parts: (string | number)[]): void {
  const key = JSON.stringify(parts);
  map.set(key, (map.get(key) ?? 0) + 1);
}
