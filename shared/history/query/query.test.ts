import { beforeAll, expect, it } from "vitest";
import { diagramPipeline } from "#shared/pipeline";
import { ENDPOINTS } from "../endpoints.ts";
import { type History, openHistory } from "../open-history.ts";
import type { TasksQuery } from "../schemas/index.ts";
import { Story, T0 } from "../test-support/story.ts";

const stages = ["ingest", "detect", "segment"];
const input = { ingest: "uploaded", detect: "ingested", segment: "annotated" } as Record<string, string>;
let history: History;
let end: number;

/** 60 runs of three stages; every tenth detect fails, every last one still runs. */
beforeAll(async () => {
  const story = new Story();
  for (let i = 0; i < 60; i++)
    for (const stage of stages) {
      const run = `run-${i}`;
      story.now += 1000;
      const seq = story.says(input[stage]!, run, { name: `Feed pump ${i}` });
      if (stage === "detect" && i % 10 === 0) {
        const error = {
          kind: "permanent",
          code: "IMAGE_TRUNCATED",
          message: "cut at byte 7",
          name: "PermanentError",
        };
        story.tells("started", stage, run, { seq, waitMs: 5, args: `{"sheet":"P&ID-${i}.png"}` });
        story.tells("failed", stage, run, { seq, runtimeMs: 9, error });
      } else if (i === 59) story.tells("started", stage, run, { seq, waitMs: 5, worker: "late" });
      else story.works(stage, run, seq, 10 + i);
    }
  end = story.now;
  history = await openHistory(":memory:", [diagramPipeline]);
  history.apply(story.records);
});

const tasks = (query: Partial<Record<keyof TasksQuery, unknown>>) =>
  history.listTasks(ENDPOINTS["tasks.list"].query.parse(query));

it("pages through every task once, newest first, by cursor", () => {
  const seen: { id: string; created: number }[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = tasks({ limit: 7, cursor });
    seen.push(...page.tasks);
    if (!page.cursor) break;
    cursor = page.cursor;
  }
  expect(new Set(seen.map(({ id }) => id)).size).toBe(180);
  expect(seen.map(({ created }) => created)).toEqual(
    seen.map(({ created }) => created).sort((a, b) => b - a),
  );
});

it.each(["newest", "oldest", "updated", "runtime", "wait", "attempts"])(
  "goes on where the page before ended, sorted by %s",
  (sort) => {
    const whole = tasks({ sort, limit: 200 }).tasks.map(({ id }) => id);
    const first = tasks({ sort, limit: 20 });
    const second = tasks({ sort, limit: 20, cursor: first.cursor });
    expect([...first.tasks, ...second.tasks].map(({ id }) => id)).toEqual(whole.slice(0, 40));
  },
);

it("merges several states and stages in order", () => {
  const page = tasks({ state: ["SUCCESS", "FAILURE"], stage: ["detect", "segment"], limit: 30 });
  const all = tasks({ limit: 500 }).tasks.filter(
    ({ state, stage }) => ["SUCCESS", "FAILURE"].includes(state) && ["detect", "segment"].includes(stage),
  );
  expect(page.tasks.map(({ id }) => id)).toEqual(all.slice(0, 30).map(({ id }) => id));
  expect(page.total).toBe(all.length);
});

it("filters by worker, run and time", () => {
  expect(tasks({ worker: "late" }).tasks.map(({ run }) => run)).toEqual(["run-59", "run-59", "run-59"]);
  expect(tasks({ run: "run-3" }).tasks.map(({ stage }) => stage)).toEqual(["segment", "detect", "ingest"]);
  const { created } = tasks({ run: "run-3" }).tasks[0]!;
  expect(tasks({ from: created, to: created + 1 }).tasks.map(({ id }) => id)).toEqual(["segment.run-3"]);
});

it("finds tasks by words, beginnings, phrases and fields", () => {
  expect(tasks({ q: "trunc" }).tasks).toHaveLength(6);
  expect(tasks({ q: "runcated" }).tasks).toHaveLength(0);
  expect(tasks({ q: 'error:IMAGE_TRUNC "at byte 7"' }).tasks).toHaveLength(6);
  expect(tasks({ q: "args:P&ID-20.png" }).tasks.map(({ id }) => id)).toEqual(["detect.run-20"]);
  expect(tasks({ q: '"pump run-7"', stage: ["detect"] }).tasks.map(({ id }) => id)).toEqual(["detect.run-7"]);
  expect(tasks({ q: "symbols -args:pump" }).tasks).toHaveLength(0);
});

it.each([
  ['"open', /character 1 has no partner/],
  ["x nofield:y", /"nofield:" at character 3/],
  ["-only", /needs a word/],
  ["x ***", /"\*\*\*" at character 3/],
  ["  ", /empty/],
])("says what is wrong with the search %j", (q, sentence) => {
  expect(() => tasks({ q })).toThrow(sentence);
});

it("refuses a cursor it did not make, and says there is no such task or run", () => {
  expect(() => tasks({ cursor: "nonsense" })).toThrow(/not made by this list/);
  expect(() => history.getTask({ id: "x" })).toThrow(expect.objectContaining({ code: "TASK_NOT_FOUND" }));
  expect(() => history.getRun({ uid: "x" })).toThrow(expect.objectContaining({ code: "RUN_NOT_FOUND" }));
});

it("lists runs by phase, state and part of the name", () => {
  const runs = (query: object) => history.listRuns(ENDPOINTS["runs.list"].query.parse(query));
  expect(runs({ limit: 100 })).toMatchObject({ total: 60, cursor: null });
  expect(runs({ q: "PUMP 5" }).runs.map(({ uid }) => uid)).toContain("run-51");
  expect(runs({ q: "100%" }).runs).toHaveLength(0);
  const first = runs({ limit: 25, phase: "active" });
  const second = runs({ limit: 100, phase: "active", cursor: first.cursor });
  expect(new Set([...first.runs, ...second.runs].map(({ uid }) => uid)).size).toBe(60);
});

it("merges runs of several states in order, page by page", async () => {
  const story = new Story();
  for (let i = 0; i < 30; i++) {
    story.now += 10;
    story.says(["ingested", "completed", "revoked"][i % 3]!, `r${i}`);
  }
  const some = await openHistory(":memory:", [diagramPipeline]);
  some.apply(story.records);
  const runs = (query: object) => some.listRuns(ENDPOINTS["runs.list"].query.parse(query));
  const state = ["ingested", "revoked"];
  const first = runs({ state, limit: 13 });
  const second = runs({ state, limit: 13, cursor: first.cursor });
  const uids = [...first.runs, ...second.runs].map(({ uid }) => uid);
  expect(uids).toEqual(
    Array.from({ length: 30 }, (_, i) => `r${29 - i}`).filter((uid) => Number(uid.slice(1)) % 3 !== 1),
  );
  expect([first.total, runs({}).total, runs({ phase: "final" }).total]).toEqual([20, 30, 20]);
});

it("sums up what is where, how fast and how long", () => {
  const now = end + 1;
  const { tasks, stages, runs, series } = history.overview({ windowMs: 3_600_000 }, now);
  expect(tasks).toMatchObject({ done: 171, failed: 6, active: 3 });
  expect(tasks.successRate).toBeCloseTo(171 / 177);
  expect(runs).toMatchObject({ total: 60, active: 60, done: 0 });
  const detect = stages.find(({ stage }) => stage === "detect")!;
  expect(detect).toMatchObject({ active: 1, failed: 6, succeeded: 53 });
  // Runtimes are 10..68 ms: the exact p95 is 65, a bucket is 5 % wide.
  expect(detect.runP95Ms).toBeGreaterThanOrEqual(63);
  expect(detect.runP95Ms).toBeLessThanOrEqual(72);
  expect(series.points.reduce((n, { succeeded }) => n + succeeded, 0)).toBe(171);
  expect(T0).toBeLessThan(now);
});

it("answers in the shape of its schemas", () => {
  const check = <N extends keyof typeof ENDPOINTS>(name: N, answer: unknown) =>
    expect(ENDPOINTS[name].answer.parse(answer)).toEqual(answer);
  check("tasks.list", tasks({ limit: 500 }));
  check("tasks.get", history.getTask({ id: "detect.run-10" }));
  check("runs.list", history.listRuns(ENDPOINTS["runs.list"].query.parse({})));
  check("runs.get", history.getRun({ uid: "run-10" }));
  check("runs.timeline", history.timeline({ uid: "run-10" }));
  check("overview", history.overview({ windowMs: 3_600_000 }, end));
});
