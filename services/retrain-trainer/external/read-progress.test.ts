import { expect, it } from "vitest";
import { readProgress } from "./read-progress.ts";

it("reads progress as JSON and as our training scripts print it", () => {
  expect(readProgress('{"progress": 0.4, "note": "epoch 4"}')).toEqual({ fraction: 0.4, note: "epoch 4" });
  expect(readProgress("step 120 41.5% 900 ms/step {'loss': 0.2}")).toMatchObject({ fraction: 0.415 });
});

it.each([
  "412 of 419 training sheets have at least 85% of their line ink to be seen",
  '{"progress": "half"}',
  '{"progress": 3}',
  "{half a line",
  "step 4 of 140%",
  "",
])("takes no other line for it: %j", (line) => {
  expect(readProgress(line)).toBeUndefined();
});
