import { expect, it } from "vitest";
import { frame, type Snapshot } from "./frame.ts";
import { sparkline } from "./sparkline.ts";

const figures = {
  ...{ pipeline: "diagram", queue: "gpu", pending: 2, active: 1, retrying: 0, succeeded: 9, failed: 1 },
  ...{
    revoked: 0,
    deadLettered: 0,
    perSecond: 1,
    waitP50Ms: 5,
    waitP95Ms: 900,
    runP50Ms: 1_000,
    runP95Ms: 4_200,
  },
  oldestPendingMs: null,
};
const queue = { pipeline: "diagram", queue: "gpu", redelivered: 0, pulls: 1 };
const worker = {
  ...{ worker: "detect-host-1-ab", host: "host", pid: 1, stage: "detect", queue: "gpu", slots: 2, active: 1 },
  ...{ processed: 9, failed: 1, duplicates: 0, residentBytes: 1, cpuSeconds: 1, startedAt: 0, at: 0 },
  ...{ state: "online" as const, version: "0", online: true, perSecond: 1, cpu: 1 },
};
const snapshot: Snapshot = {
  at: Date.UTC(2026, 0, 1, 12, 30, 5),
  overview: {
    at: 0,
    runs: { byState: { ingested: 3, completed: 8 }, total: 11, active: 3, waiting: 0, done: 8, failed: 0 },
    tasks: {
      ...{ byState: {}, active: 1, done: 9, failed: 1, failedLastHour: 1, successRate: 0.9 },
      perSecond: { m1: 1.5, m5: 0, m15: 0, h1: 0 },
    },
    stages: [{ stage: "detect", ...figures }],
    series: { stepMs: 1_000, points: [{ at: 0, succeeded: 1, failed: 1, retried: 0 }] },
    deadLetters: 4,
    workersOnline: 1,
  },
  queues: [
    { stage: "detect", ...queue, pending: 2, inFlight: 1, oldestMs: 3_000, paused: false },
    { stage: "segment", ...queue, pending: 5, inFlight: 0, oldestMs: 9_000, paused: false },
    { stage: "classify", ...queue, pending: 5, inFlight: 0, oldestMs: 9_000, paused: true },
  ],
  workers: [worker],
  running: [
    {
      id: "detect.abc",
      worker: "detect-host-1-ab",
      startedAt: Date.UTC(2026, 0, 1, 12, 30, 0),
      progress: 0.5,
    },
  ],
};

it("shows states, stages with what waits, slots in use, and running tasks with their progress", () => {
  const text = frame(snapshot, 200);
  expect(text).toContain("12:30:05 UTC");
  expect(text).toMatch(/ingested 3.*completed 8/);
  expect(text).toMatch(/dead letters 4/);
  expect(text).toMatch(/detect +gpu +2 +1 +█+░+ 1\/2 +3\.0 s +900 ms +4\.2 s +1/);
  expect(text).toMatch(/detect\.abc +█+░+ 50 % +5\.0 s/);
});

it("says where a stage has no workers, and not where it is paused", () => {
  const lines = frame(snapshot, 200).split("\n");
  expect(lines.find((line) => line.startsWith("segment"))).toContain("no workers");
  expect(lines.find((line) => line.startsWith("classify"))).toMatch(/paused$/);
});

it("fits the width of the terminal", () => {
  const rows = frame(snapshot, 60).split("\n").slice(3);
  for (const line of rows) expect(line.length).toBeLessThanOrEqual(60);
});

it("draws values as blocks, the largest full", () => {
  expect(sparkline([0, 1, 2, 4])).toBe("▁▃▅█");
  expect(sparkline([0, 0])).toBe("▁▁");
  expect(sparkline([])).toBe("");
});
