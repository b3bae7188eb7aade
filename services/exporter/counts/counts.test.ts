import fc from "fast-check";
import { expect, test } from "vitest";
import type { TaskEvent, TaskEventKind } from "#shared/messages";
import { toyPipeline } from "#test/toy/pipeline";
import { taskFamilies } from "../families/tasks.ts";
import { Snapshot } from "../ledger/snapshot.ts";
import { parseMetrics } from "../test-support/read-metrics.ts";
import { format } from "../text/format.ts";
import { countDead } from "./count-dead.ts";
import { countEvent } from "./count-event.ts";
import { countSent } from "./count-sent.ts";
import { type Counts, emptyCounts } from "./counts.ts";
import { dropSilentHosts, FORGET_MS } from "./hosts.ts";
import { exceptionLabel, namesOf } from "./names.ts";

const names = namesOf([toyPipeline]);
const NOON = Date.UTC(2026, 0, 1, 12, 30);

const event = (kind: TaskEventKind, more: Partial<TaskEvent> = {}): TaskEvent => ({
  kind,
  task: "add.x",
  pipeline: "toy",
  stage: "add",
  queue: "default",
  run: "x",
  generation: 0,
  attempt: 1,
  at: NOON,
  seq: 1,
  ...more,
});

const error = { kind: "retryable", code: "STORE_AWAY", name: "RetryableError", message: "secret 42" };

function count(events: readonly TaskEvent[], counts: Counts = emptyCounts(true)): Counts {
  for (const each of events) countEvent(counts, names, "h1", each);
  return counts;
}

const shown = (counts: Counts) => parseMetrics(format(taskFamilies(counts, names)));

test("every declared stage is there at zero, and an undeclared one only as unknown once something was", () => {
  const before = shown(emptyCounts(false));
  expect(before.get('penstock_task_failed_total{name="finish",queue_name="light"}')).toBe(0);
  expect(
    before.get(
      'penstock_task_duration_seconds_bucket{name="add",queue_name="default",outcome="retried",le="+Inf"}',
    ),
  ).toBe(0);
  expect([...before.keys()].join()).not.toContain("unknown");
  const after = shown(
    count([event("started", { stage: "rm -rf" }), event("started", { stage: "__proto__" })]),
  );
  expect(after.get('penstock_task_started_total{name="unknown",queue_name="unknown"}')).toBe(2);
  expect([...after.keys()].join()).not.toMatch(/rm -rf|__proto__/);
});

test("a life with a retry is counted step by step, with its times in the right buckets", () => {
  const page = shown(
    count([
      event("received"),
      event("started", { waitMs: 240 }),
      event("retried", { runtimeMs: 50, error }),
      event("started", { attempt: 2, waitMs: 60_000 }),
      event("succeeded", { attempt: 2, runtimeMs: 3_600_001 }),
    ]),
  );
  const labels = '{name="add",queue_name="default"}';
  expect(page.get(`penstock_task_received_total${labels}`)).toBe(1);
  expect(page.get(`penstock_task_started_total${labels}`)).toBe(2);
  expect(page.get(`penstock_task_retried_total${labels}`)).toBe(1);
  expect(page.get(`penstock_task_succeeded_total${labels}`)).toBe(1);
  expect(page.get('penstock_task_exceptions_total{name="add",exception="STORE_AWAY"}')).toBe(1);
  expect(page.get('penstock_task_executions_by_hour_total{hour="12"}')).toBe(2);
  const bucket = (family: string, rest: string, le: string) =>
    page.get(`penstock_task_${family}_bucket{name="add",queue_name="default",${rest}le="${le}"}`);
  expect(bucket("duration_seconds", 'outcome="retried",', "0.05")).toBe(1);
  expect(bucket("duration_seconds", 'outcome="succeeded",', "3600")).toBe(0);
  expect(bucket("duration_seconds", 'outcome="succeeded",', "+Inf")).toBe(1);
  // The wait of the second attempt was meant.
  expect([bucket("queue_wait_seconds", "", "0.1"), bucket("queue_wait_seconds", "", "0.25")]).toEqual([0, 1]);
  expect(page.get(`penstock_task_queue_wait_seconds_count${labels}`)).toBe(1);
  expect([...page.keys()].join()).not.toContain("secret");
});

test("a refused message is a failure and a rejection; what the tracker buried is a failure nobody else tells of", () => {
  const counts = count([event("failed", { error: { ...error, kind: "poison", code: "UNDECODABLE" } })]);
  countDead(counts, names, { subject: "dead.toy.add.x", code: "UNDECODABLE", worker: "add-host-1" });
  countDead(counts, names, { subject: "dead.toy.add.y", code: "WORKER_LOST", worker: "tracker" });
  expect(counts.stages.add).toMatchObject({
    failed: 2,
    rejected: 1,
    deadLettered: 2,
    exceptions: { UNDECODABLE: 1, WORKER_LOST: 1 },
  });
});

test("a message is a task for each stage that takes it, on a bare subject too", () => {
  const counts = emptyCounts(false);
  for (const subject of ["toy.begun", "toy.begun.a", "toy.added.a", "toy.finished.a", "toy.unheard.a"])
    countSent(counts, names, subject);
  expect(Object.fromEntries(Object.entries(counts.stages).map(([name, { sent }]) => [name, sent]))).toEqual({
    add: 2,
    finish: 1,
  });
});

test("counting in two parts with a snapshot between gives what counting at once does", () => {
  const kinds: TaskEventKind[] = [
    "received",
    "started",
    "retried",
    "succeeded",
    "failed",
    "revoked",
    "redelivered",
  ];
  const anyEvent = fc.record({
    kind: fc.constantFrom(...kinds),
    stage: fc.constantFrom("add", "finish", "other"),
    runtimeMs: fc.integer({ min: 0, max: 5_000_000 }),
    waitMs: fc.integer({ min: -5, max: 5_000_000 }),
    code: fc.constantFrom("A", "B", "UNEXPECTED", "constructor"),
  });
  fc.assert(
    fc.property(fc.array(anyEvent), fc.nat(), (plan, at) => {
      const events = plan.map(({ code, ...more }) =>
        event(more.kind, { ...more, error: { ...error, code } }),
      );
      const cut = events.length === 0 ? 0 : at % events.length;
      const half = {
        version: 1,
        places: { TASKS: { created: 1, seq: cut } },
        counts: count(events.slice(0, cut)),
      };
      const resumed = Snapshot.parse(JSON.parse(JSON.stringify(half))).counts;
      expect(JSON.stringify(count(events.slice(cut), resumed))).toBe(JSON.stringify(count(events)));
    }),
  );
});

test("hosts silent for ten minutes of the stream's own time are dropped", () => {
  const counts = count([event("succeeded")]);
  counts.lastEventAt = NOON;
  counts.hosts!.h1!.seenAt = NOON - FORGET_MS;
  dropSilentHosts(counts);
  expect(Object.keys(counts.hosts!)).toEqual(["h1"]);
  counts.lastEventAt++;
  dropSilentHosts(counts);
  expect(Object.keys(counts.hosts!)).toEqual([]);
});

test("exceptions are codes or class names, and no more than fifty of a stage", () => {
  expect(exceptionLabel({ code: "UNEXPECTED", name: "TypeError" }, {})).toBe("TypeError");
  expect(exceptionLabel({ code: "Not found: /etc/passwd", name: "" }, {})).toBe("unknown");
  const known = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`E${i}`, 1]));
  expect(exceptionLabel({ code: "E7", name: "" }, known)).toBe("E7");
  expect(exceptionLabel({ code: "NEW", name: "" }, known)).toBe("other");
});
