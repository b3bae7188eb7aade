import { expect, test } from "vitest";
import { describeReply } from "./describe-reply.ts";
import { describeSettings } from "./describe-settings.ts";

const reply = (more: Record<string, unknown>) => describeReply({ worker: "w-1", stage: "detect", ...more });

test("what a worker does now is said in words", () => {
  expect(reply({ slots: 3 })).toEqual(["w-1", "detect", "3 slots"]);
  expect(reply({ slots: 3, autoscale: { min: 1, max: 8 } })[2]).toBe("1 to 8 slots by what waits, now 3");
  expect(reply({ slots: 3, autoscale: null })[2]).toBe("3 slots, fixed");
  expect(reply({ executors: 2 })[2]).toBe("2 executors are replaced");
  expect(reply({ stopping: true })[2]).toContain("stops");
  expect(describeReply({ error: "min 9 is larger than max 3" })).toEqual([
    "",
    "",
    "refused: min 9 is larger than max 3",
  ]);
});

test("what is set for a stage is said in words, and that nothing is", () => {
  expect(describeSettings({ ratePerMinute: 30, softLimitMs: 300_000, hardLimitMs: null })).toBe(
    "at most 30 starts per minute, soft limit 5 min 0 s",
  );
  expect(describeSettings({ autoscale: { min: 0, max: 4 }, options: { slicePx: 640 } })).toBe(
    "0 to 4 slots by what waits, slicePx 640",
  );
  expect(describeSettings({ options: {} })).toBe("as declared, nothing is set");
});
