import { quantile } from "../support/figures.ts";
import { PARTS } from "./pipeline.ts";

/** One system under test, seen from outside. */
export interface GroupDriver {
  /**
   * Sends one group of tasks with a callback; resolves when the callback has been called.
   * @param ms each task takes
   * @param parts how many tasks; five unless given
   */
  group(ms: number, parts?: number): Promise<void>;
  close(): Promise<void>;
}

export interface GroupFigures {
  /** Latency of one group of no-ops at a time, ms. */
  p50: number;
  p99: number;
  /** A group of equal tasks over the time of one of them. */
  makespan: number;
  /** Five such tasks one run after the other, over the time of the group; absent where it was not measured. */
  speedup?: number;
}

export const TASK_MS = 1_000;

/** Latency of no-op groups one after another, then the makespan of groups of tasks of a second. */
export async function measure(driver: GroupDriver, single: number): Promise<GroupFigures> {
  for (let i = 0; i < 20; i++) await driver.group(0);
  const timed = async (ms: number) => {
    const start = performance.now();
    await driver.group(ms);
    return performance.now() - start;
  };
  const times: number[] = [];
  for (let i = 0; i < single; i++) times.push(await timed(0));
  const spans: number[] = [];
  for (let i = 0; i < 3; i++) spans.push(await timed(TASK_MS));
  const span = quantile(spans, 0.5);
  const begun = performance.now();
  for (let i = 0; i < PARTS; i++) await driver.group(TASK_MS, 1);
  const speedup = (performance.now() - begun) / span;
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99), makespan: span / TASK_MS, speedup };
}
