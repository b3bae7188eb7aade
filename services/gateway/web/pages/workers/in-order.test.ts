import { expect, it } from "vitest";
import { inOrder } from "./in-order.ts";

it("puts workers in the order of their stages, strangers last", () => {
  const pipelines = [
    { stages: ["ingest", "detect"].map((name) => ({ name })) },
    { stages: [{ name: "train" }] },
  ] as never;
  const worker = (stage: string, n: number) => ({ stage, worker: `${stage}-${n}` });
  const sorted = inOrder(
    [worker("other", 1), worker("train", 1), worker("detect", 2), worker("ingest", 1), worker("detect", 1)],
    pipelines,
  );
  expect(sorted.map((each) => each.worker)).toEqual([
    "ingest-1",
    "detect-1",
    "detect-2",
    "train-1",
    "other-1",
  ]);
});
