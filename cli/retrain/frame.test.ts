import { expect, it } from "vitest";
import type { RetrainPart, RetrainRun } from "#shared/operate";
import { retrainFrame } from "./frame.ts";

const part: RetrainPart = {
  ...{ state: "waiting", runtimeMs: null, progress: null, note: null, score: null, liveScore: null },
  ...{ promoted: false, version: null, reason: null, error: null },
};
const run: RetrainRun = {
  ...{ run: "r1", state: "training", createdAt: 0, endedAt: null, reason: null, dataset: "ds-1", by: "ada" },
  schedule: null,
  parts: {
    ranking: { ...part, state: "training", progress: 0.5, note: "round 5 of 10" },
    regression: {
      ...part,
      state: "trained",
      runtimeMs: 2_100,
      score: 0.91234,
      liveScore: 0.9,
      promoted: true,
      version: "v7",
    },
    clustering: { ...part, state: "failed", error: "EXHAUSTED: it will not learn" },
    recommendation: { ...part, state: "left", error: "there are 3 boxes, 150 are needed" },
  },
};

it("shows each model's training, its score beside the live one, and what became of it", () => {
  const lines = retrainFrame(run, 200, 65_000).split("\n");
  expect(lines[0]).toMatch(/^r1 .*training.* 1 min 5 s .*ds-1/);
  const line = (name: string) => lines.find((each) => each.startsWith(name)) ?? "";
  expect(line("ranking")).toMatch(/training +██████░░░░░░.*round 5 of 10/);
  expect(line("regression")).toMatch(/trained +2\.1 s +0\.9123 +0\.9000 +promoted as v7/);
  expect(line("clustering")).toMatch(/failed.*EXHAUSTED/);
  expect(line("recommendation")).toMatch(/left out.*150 are needed/);
});

it("says why a run ended as it did", () => {
  expect(retrainFrame({ ...run, state: "error", reason: "JOIN_TIMED_OUT: late" }, 200, 1)).toContain(
    "JOIN_TIMED_OUT",
  );
});
