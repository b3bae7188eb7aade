import { expect, it } from "vitest";
import type { Attempt, TaskSummary } from "../../api/types.ts";
import { waterfallOf } from "./bars.ts";

const attempt = (n: number, started: number, ended: number | null, outcome: Attempt["outcome"]): Attempt => ({
  attempt: n,
  seq: 1,
  worker: "w",
  received: started,
  started,
  ended,
  runtimeMs: ended === null ? null : ended - started,
  outcome,
  error: null,
});

const task = (change: Partial<TaskSummary & { executions: Attempt[] }>) =>
  ({
    id: "detect.a",
    stage: "detect",
    generation: 0,
    state: "SUCCESS",
    created: 100,
    updated: 900,
    started: 200,
    ended: 900,
    runtimeMs: 400,
    executions: [],
    ...change,
  }) as TaskSummary & { executions: Attempt[] };

it("draws waiting and every attempt apart", () => {
  const executions = [attempt(1, 200, 300, "retried"), attempt(2, 500, 900, "succeeded")];
  const { from, to, rows } = waterfallOf([task({ executions })], 0);
  expect([from, to]).toEqual([100, 900]);
  expect(rows[0]?.bars.map((bar) => [bar.kind, bar.from, bar.to])).toEqual([
    ["wait", 100, 200],
    ["started", 200, 300],
    ["wait", 300, 500],
    ["success", 500, 900],
  ]);
});

it("lets what runs, and what waits for its next attempt, go on until now", () => {
  const running = task({
    state: "STARTED",
    ended: null,
    runtimeMs: null,
    executions: [attempt(1, 200, null, null)],
  });
  expect(waterfallOf([running], 1_500).rows[0]).toMatchObject({
    bars: [{ kind: "wait" }, { kind: "started", from: 200, to: 1_500 }],
    runtimeMs: 1_300,
  });
  const again = task({ state: "RETRY", ended: null, executions: [attempt(1, 200, 300, "retried")] });
  expect(waterfallOf([again], 1_500).rows[0]?.bars.at(-1)).toMatchObject({
    kind: "wait",
    from: 300,
    to: 1_500,
  });
});

it("orders rows by retry by hand, then by the pipeline's stages", () => {
  const rows = waterfallOf(
    [
      task({ id: "a", stage: "export" }),
      task({ id: "b", stage: "detect", generation: 1 }),
      task({ id: "c", stage: "detect" }),
    ],
    0,
    ["detect", "export"],
  ).rows;
  expect(rows.map((row) => row.label)).toEqual(["detect", "export", "detect (retry 1)"]);
});

it("is empty for no task", () => {
  expect(waterfallOf([], 50).rows).toEqual([]);
});
