import { expect, it } from "vitest";
import type { StageQueue } from "../../api/types.ts";
import { groupQueues, lacksWorkers } from "./group.ts";

const queue = (stage: string, name: string, change: Partial<StageQueue> = {}): StageQueue => ({
  stage,
  pipeline: "diagram",
  queue: name,
  pending: 0,
  inFlight: 0,
  redelivered: 0,
  oldestMs: null,
  paused: false,
  pulls: 0,
  ...change,
});

it("sums the stages of a queue and keeps the oldest", () => {
  const [gpu, light] = groupQueues(
    [
      queue("detect", "gpu", { pending: 3, oldestMs: 50 }),
      queue("gate", "light"),
      queue("segment", "gpu", { pending: 4, inFlight: 1, oldestMs: 900, paused: true }),
    ],
    [
      { stage: "detect", online: true },
      { stage: "detect", online: false },
      { stage: "segment", online: true },
    ],
    [{ stage: "detect", perSecond: 0.5 }],
  );
  expect(gpu).toMatchObject({
    name: "gpu",
    pending: 7,
    inFlight: 1,
    oldestMs: 900,
    consumers: 2,
    perSecond: 0.5,
    paused: 1,
  });
  expect(light).toMatchObject({ name: "light", pending: 0, oldestMs: null, consumers: 0 });
});

it("says that workers lack only where there are none and nobody paused it", () => {
  expect(lacksWorkers({ consumers: 0, paused: false })).toBe(true);
  expect(lacksWorkers({ consumers: 0, paused: true })).toBe(false);
  expect(lacksWorkers({ consumers: 1, paused: false })).toBe(false);
});
