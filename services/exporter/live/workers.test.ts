import { expect, test } from "vitest";
import type { WorkerBeat } from "#shared/messages";
import { Workers } from "./workers.ts";

const beat = (worker: string, more: Partial<WorkerBeat> = {}): WorkerBeat => ({
  worker,
  host: "h1",
  pid: 7,
  stage: "add",
  queue: "default",
  slots: 4,
  active: 1,
  processed: 0,
  failed: 0,
  duplicates: 0,
  residentBytes: 100,
  cpuSeconds: 0,
  startedAt: 0,
  at: 0,
  state: "online",
  version: "1",
  ...more,
});

test("stages of one process share its memory, other processes add theirs", () => {
  const workers = new Workers();
  workers.note(beat("a"), 1_000);
  workers.note(beat("b", { stage: "finish", residentBytes: 120, active: 2 }), 1_000);
  workers.note(beat("c", { pid: 8, residentBytes: 50 }), 1_000);
  expect(workers.hosts(2_000)).toEqual([
    {
      host: "h1",
      up: true,
      active: 4,
      residentBytes: 170,
      stages: new Map([
        ["add", 2],
        ["finish", 2],
      ]),
    },
  ]);
  expect(workers.stages(2_000)).toEqual(
    new Map([
      ["add", { workers: 2, slots: 8 }],
      ["finish", { workers: 1, slots: 4 }],
    ]),
  );
});

test("a silent worker is down, then gone; one that said it stops is down at once; an older beat changes nothing", () => {
  const workers = new Workers();
  workers.note(beat("a"), 1_000);
  expect(workers.hosts(30_000)).toMatchObject([{ up: false, active: 0, residentBytes: null }]);
  expect(workers.stages(30_000).size).toBe(0);
  expect(workers.hosts(1_000 + 600_001)).toEqual([]);
  workers.note(beat("b", { state: "offline" }), 5_000);
  workers.note(beat("b"), 4_000);
  expect(workers.hosts(5_000)).toMatchObject([{ up: false }]);
});
