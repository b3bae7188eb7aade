import { expect, it } from "vitest";
import type { RetrainPart, RetrainRun } from "../../api/types.ts";
import { gain, modelsIn, scoreHistory } from "./grid.ts";

const part = (score: number | null): RetrainPart => ({
  state: "trained",
  runtimeMs: 1,
  progress: null,
  note: null,
  reason: null,
  score,
  liveScore: null,
  promoted: false,
  version: null,
  error: null,
});
const run = (createdAt: number, parts: Record<string, RetrainPart>): RetrainRun => ({
  run: `r${createdAt}`,
  state: "completed",
  createdAt,
  endedAt: null,
  reason: null,
  dataset: null,
  by: null,
  schedule: null,
  parts,
});

it("has a column for every model that any run trained", () => {
  expect(modelsIn([run(2, { a: part(1), b: part(1) }), run(1, { c: part(1), a: part(1) })])).toEqual([
    "a",
    "b",
    "c",
  ]);
});

it("gives scores oldest first, with gaps where a run left a model out or did not score it", () => {
  expect(scoreHistory([run(2, { a: part(0.8), b: part(null) }), run(1, { a: part(0.7) })])).toEqual({
    times: [1, 2],
    models: [
      { name: "a", scores: [0.7, 0.8] },
      { name: "b", scores: [null, null] },
    ],
  });
});

it("tells a candidate's gain with its sign", () => {
  expect([gain(0.75, 0.7), gain(0.7, 0.75), gain(0.7, 0.7001), gain(null, 1), gain(1, null)]).toEqual([
    "+0.050",
    "−0.050",
    "±0",
    null,
    null,
  ]);
});
