import { expect, it } from "vitest";
import { diagramPipeline } from "#shared/pipeline";
import { type History, openHistory } from "../open-history.ts";
import { Story, T0 } from "../test-support/story.ts";

async function told(story: Story): Promise<History> {
  const history = await openHistory(":memory:", [diagramPipeline]);
  history.apply(story.records);
  return history;
}

it("shows a run in the state of its last message, with the stage it is in now", async () => {
  const story = new Story();
  story.says("uploaded", "a", { name: "sheet 1", review: "manual" });
  story.says("ingested", "a", {
    artifacts: { "sheet.png": { bucket: "artifacts", key: "k", size: 1, digest: "d" } },
  });
  const history = await told(story);
  const run = history.getRun({ uid: "a" });
  expect(run).toMatchObject({
    state: "ingested",
    stage: "detect",
    final: false,
    name: "sheet 1",
    review: "manual",
  });
  expect(Object.keys(run.artifacts)).toEqual(["sheet.png"]);
  expect(run.progress).toBeGreaterThan(0);
  expect(history.timeline({ uid: "a" }).events.map(({ type }) => type)).toEqual([
    "diagram.uploaded",
    "diagram.ingested",
  ]);
});

it("shows queued work as PENDING before any worker has it", async () => {
  const story = new Story();
  const seq = story.says("ingested", "a");
  const history = await told(story);
  expect(history.getTask({ id: "detect.a" })).toMatchObject({
    state: "PENDING",
    sent: T0,
    queue: "gpu",
    seq,
  });
});

it("keeps an error's stage, code, message and the artifacts made before it", async () => {
  const story = new Story();
  story.says("detected", "a", {
    artifacts: { "detections.json": { bucket: "b", key: "k", size: 1, digest: "d" } },
  });
  story.says("failed", "a", {
    error_stage: "segment",
    error_code: "IMAGE_TRUNCATED",
    error_message: "cut at byte 7",
  });
  const run = (await told(story)).getRun({ uid: "a" });
  expect(run).toMatchObject({ state: "error", final: true, stage: "segment" });
  expect(run.error).toEqual({ stage: "segment", code: "IMAGE_TRUNCATED", message: "cut at byte 7" });
  expect(Object.keys(run.artifacts)).toEqual(["detections.json"]);
});

it("lets a newer generation bring a failed run back, and ignores what the older one says afterwards", async () => {
  const story = new Story();
  story.says("detected", "a");
  story.says("failed", "a", { error_stage: "segment", error_code: "X", error_message: "x" });
  story.says("annotated", "a", {}, 1);
  story.says("segmented", "a", {}, 0);
  const history = await told(story);
  expect(history.getRun({ uid: "a" })).toMatchObject({ state: "annotated", generation: 1, error: null });
  expect(history.getTask({ id: "segment.a.g1" }).state).toBe("PENDING");
});

it("does not let a late result undo a revoke of the same generation", async () => {
  const story = new Story();
  story.says("annotated", "a");
  story.says("revoked", "a", { by: "kim" });
  story.says("segmented", "a");
  expect((await told(story)).getRun({ uid: "a" })).toMatchObject({ state: "revoked", final: true });
});

it("names the parent of each page of a split source", async () => {
  const story = new Story();
  story.says("uploaded", "book");
  story.says("uploaded", "book-p1");
  story.says("uploaded", "book-p2");
  story.says("split", "book", { pages: ["book-p1", "book-p2"] });
  const history = await told(story);
  expect(history.getRun({ uid: "book" })).toMatchObject({ state: "split", children: ["book-p1", "book-p2"] });
  expect(history.getRun({ uid: "book-p2" }).parent).toBe("book");
});

it("puts a task's state together from events that arrive out of order", async () => {
  const story = new Story();
  const seq = story.says("ingested", "a");
  story.tells("succeeded", "detect", "a", { seq, at: T0 + 300, runtimeMs: 200, result: "{}" });
  story.tells("received", "detect", "a", { seq, at: T0 + 50 });
  story.tells("started", "detect", "a", { seq, at: T0 + 100, waitMs: 100 });
  const task = (await told(story)).getTask({ id: "detect.a" });
  expect(task).toMatchObject({
    state: "SUCCESS",
    received: T0 + 50,
    started: T0 + 100,
    ended: T0 + 300,
    waitMs: 100,
  });
  expect(task.executions).toMatchObject([
    { attempt: 1, outcome: "succeeded", runtimeMs: 200, started: T0 + 100 },
  ]);
});

it("keeps one bar per attempt: a retry, then a worker that died, then success", async () => {
  const story = new Story();
  const seq = story.says("ingested", "a");
  const error = { kind: "retryable", code: "BUSY", message: "503", name: "Error" };
  story.tells("started", "detect", "a", { seq, attempt: 1 });
  story.tells("retried", "detect", "a", { seq, attempt: 1, delayMs: 60_000, error });
  story.tells("started", "detect", "a", { seq, attempt: 2, worker: "w2" });
  story.now += 30_000;
  story.tells("redelivered", "detect", "a", { seq, attempt: 3, worker: "w3" });
  story.tells("started", "detect", "a", { seq, attempt: 3, worker: "w3" });
  story.tells("succeeded", "detect", "a", { seq, attempt: 3, worker: "w3", runtimeMs: 10 });
  const task = (await told(story)).getTask({ id: "detect.a" });
  expect(task).toMatchObject({ state: "SUCCESS", attempts: 3, worker: "w3", retryAt: null });
  expect(task.executions.map(({ outcome, ended }) => [outcome, ended !== null])).toEqual([
    ["retried", true],
    ["lost", true],
    ["succeeded", true],
  ]);
});

it("says when a task in RETRY runs again", async () => {
  const story = new Story();
  story.tells("retried", "detect", "a", { seq: 1, delayMs: 60_000 });
  expect((await told(story)).getTask({ id: "detect.a" })).toMatchObject({
    state: "RETRY",
    retryAt: T0 + 60_000,
  });
});

it("leaves a task that succeeded alone when its message comes again and is skipped", async () => {
  const story = new Story();
  const seq = story.says("ingested", "a");
  story.works("detect", "a", seq);
  story.tells("redelivered", "detect", "a", { seq, attempt: 2 });
  const history = await told(story);
  expect(history.getTask({ id: "detect.a" }).state).toBe("SUCCESS");
  story.tells("skipped", "detect", "a", { seq, attempt: 2 });
  history.apply(story.records);
  expect(history.getTask({ id: "detect.a" })).toMatchObject({
    state: "SUCCESS",
    result: `{"symbols":${seq}}`,
  });
  expect(history.overview({ windowMs: 3_600_000 }, T0 + 10_000).tasks.perSecond.m1).toBeCloseTo(1 / 60);
});

it("starts a task's life over when its message is sent again", async () => {
  const story = new Story();
  story.tells("dead-lettered", "detect", "a", { seq: 4 });
  story.tells("received", "detect", "a", { seq: 9 });
  const task = (await told(story)).getTask({ id: "detect.a" });
  expect(task).toMatchObject({ state: "RECEIVED", seq: 9, ended: null });
  expect(task.executions.map(({ seq }) => seq)).toEqual([4, 9]);
});

it("marks the task of a dead letter although its worker could not say so", async () => {
  const story = new Story();
  const seq = story.says("ingested", "a");
  story.tells("started", "detect", "a", { seq });
  const letter = {
    seq: 1,
    pipeline: "diagram",
    stage: "detect",
    run: "a",
    task: "detect.a",
    reason: "WORKER_LOST",
  };
  const rest = {
    code: "WORKER_LOST",
    message: "gone",
    subject: "diagram.ingested.a",
    stream: "DIAGRAM",
    sequence: seq,
  };
  const end = { deliveries: 24, worker: null, generation: 0, size: 10, at: T0 + 9 };
  story.records.push({
    stream: "DEAD",
    seq: 1,
    message: { kind: "dead", letter: { ...letter, ...rest, ...end } },
  });
  const history = await told(story);
  expect(history.getTask({ id: "detect.a" })).toMatchObject({
    state: "DEAD_LETTERED",
    error: { code: "WORKER_LOST" },
  });
  expect(history.listDead({ limit: 10 })).toMatchObject({
    total: 1,
    letters: [{ ...letter, ...rest, ...end }],
  });
});

it("shows a worker's rates from its last two beats, and offline after silence", async () => {
  const story = new Story();
  const beat = {
    worker: "w",
    host: "h",
    pid: 1,
    stage: "detect",
    queue: "gpu",
    slots: 1,
    active: 1,
    failed: 0,
  };
  const more = { duplicates: 0, residentBytes: 5, startedAt: T0, state: "online" as const, version: "1" };
  for (const [i, processed] of [10, 30].entries())
    story.records.push({
      stream: "TASKS",
      seq: story.next("TASKS"),
      message: { kind: "beat", beat: { ...beat, ...more, processed, cpuSeconds: i, at: T0 + i * 5000 } },
    });
  const history = await told(story);
  expect(history.listWorkers({}, T0 + 6000).workers).toMatchObject([
    { perSecond: 4, cpu: 0.2, online: true },
  ]);
  expect(history.listWorkers({}, T0 + 600_000).workers).toMatchObject([
    { state: "offline", online: false, active: 0 },
  ]);
});

it("follows a task that a stopping worker hands back and another begins again", async () => {
  const story = new Story();
  const seq = story.says("ingested", "a");
  story.tells("started", "detect", "a", { seq });
  story.now += 10;
  story.tells("released", "detect", "a", { seq });
  story.now += 10;
  story.tells("received", "detect", "a", { seq, worker: "other" });
  const history = await told(story);
  expect(history.getTask({ id: "detect.a" }).state).toBe("RECEIVED");
  story.tells("started", "detect", "a", { seq, worker: "other" });
  story.tells("succeeded", "detect", "a", { seq, worker: "other", runtimeMs: 4 });
  history.apply(story.records);
  const task = history.getTask({ id: "detect.a" });
  expect(task).toMatchObject({ state: "SUCCESS", attempts: 1, worker: "other" });
  expect(task.executions).toMatchObject([{ worker: "other", outcome: "succeeded", started: story.now }]);
  expect(history.overview({ windowMs: 60_000 }, story.now).tasks.successRate).toBe(1);
});

it("counts a task as failed when it is skipped because its run had failed", async () => {
  const story = new Story();
  const seq = story.says("ingested", "a");
  story.tells("skipped", "detect", "a", { seq, attempt: 2, note: "diagram.failed is stored already" });
  expect((await told(story)).getTask({ id: "detect.a" })).toMatchObject({ state: "FAILURE" });
});

it("takes waiting tasks of a revoked run for revoked at once, and leaves a running one to its worker", async () => {
  const story = new Story();
  const first = story.says("ingested", "a");
  const history = await told(story);
  story.says("revoked", "a", { by: "kim" });
  const second = story.says("ingested", "b");
  story.tells("started", "detect", "b", { seq: second });
  story.says("revoked", "b", { by: "kim" });
  story.says("ingested", "c");
  story.says("revoked", "c", { by: "kim" });
  history.apply(story.records);
  expect(history.getTask({ id: "detect.a" })).toMatchObject({ state: "REVOKED", seq: first, attempts: 0 });
  expect(history.getTask({ id: "detect.b" })).toMatchObject({ state: "STARTED" });
  expect(history.getTask({ id: "detect.c" })).toMatchObject({ state: "REVOKED" });
});

it("keeps the log lines of all events and attempts, the last 200 of them", async () => {
  const story = new Story();
  const line = (n: number) => ({ at: n, level: "info" as const, message: `line ${n}`, fields: { n } });
  const seq = story.says("ingested", "a");
  story.tells("progress", "detect", "a", { seq, log: [line(0), line(1)] });
  const history = await told(story);
  story.tells("retried", "detect", "a", { seq, log: [line(2)] });
  for (let n = 3; n <= 201; n++) story.tells("progress", "detect", "a", { seq, attempt: 2, log: [line(n)] });
  history.apply(story.records);
  const { log } = history.getTask({ id: "detect.a" });
  expect(log).toHaveLength(200);
  expect([log[0], log.at(-1)]).toEqual([line(2), line(201)]);
});
