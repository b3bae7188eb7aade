import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Limited, LimitWatch } from "./limit-watch.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Something with one limit that tells when it was ended. */
class Task implements Limited {
  at: number;
  endedAt: number | undefined;

  constructor(at: number) {
    this.at = at;
  }

  checkLimits(now: number): number {
    if (now >= this.at) {
      this.endedAt ??= performance.now();
      this.at = Number.POSITIVE_INFINITY;
    }
    return this.at;
  }
}

it("ends each at its limit with one timer for all, whatever the order they came in", () => {
  const start = performance.now();
  const tasks = [300, 100, 200].map((ms) => new Task(start + ms));
  const watch = new LimitWatch(tasks);
  for (const task of tasks) watch.expect(task.at);
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(1_000);
  for (const [index, limit] of [300, 100, 200].entries()) {
    const after = tasks[index]!.endedAt! - start;
    expect(after).toBeGreaterThanOrEqual(limit);
    expect(after).toBeLessThanOrEqual(limit + 2);
  }
  expect(vi.getTimerCount()).toBe(0);
});

it("forgets who is gone, and waits for limits further away than a timer can", () => {
  const month = 31 * 86_400_000;
  const running = new Set<Task>();
  const watch = new LimitWatch(running);
  const gone = new Task(performance.now() + 100);
  const slow = new Task(performance.now() + month);
  running.add(gone).add(slow);
  watch.expect(gone.at);
  watch.expect(slow.at);
  running.delete(gone);
  vi.advanceTimersByTime(1_000);
  expect(gone.endedAt).toBeUndefined();
  vi.advanceTimersByTime(month - 2_000);
  expect(slow.endedAt).toBeUndefined();
  vi.advanceTimersByTime(2_000);
  expect(slow.endedAt).toBeDefined();
});
