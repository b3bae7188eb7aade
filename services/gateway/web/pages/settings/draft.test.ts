import { expect, it } from "vitest";
import type { StageSettingsRow } from "../../api/types.ts";
import { changeOf, draftOf, faultOf } from "./draft.ts";

const ROW: StageSettingsRow = {
  stage: "detect",
  pipeline: "diagram",
  queue: "gpu",
  settings: {
    ratePerMinute: 30,
    softLimitMs: null,
    hardLimitMs: 90_000,
    slots: null,
    autoscale: null,
    options: { minScore: 0.4 },
  },
  declared: { softLimitMs: 1_000, hardLimitMs: 2_000, slots: 1 },
  options: [
    { name: "minScore", description: "", type: "number", default: "0.3", range: "0 to 1" },
    { name: "classes", description: "", type: "list of texts", default: "", range: "" },
    { name: "fast", description: "", type: "boolean", default: "false", range: "" },
  ],
};

it("sends nothing when nothing was changed", () => {
  expect(changeOf(ROW, draftOf(ROW))).toEqual({});
});

it("sends only what was changed, in the gateway's units and types, and null for what is taken away", () => {
  const draft = draftOf(ROW);
  expect(
    changeOf(ROW, {
      ...draft,
      ratePerMinute: null,
      softLimitS: 1.5,
      autoscaleMax: 4,
      options: { minScore: "", classes: "valve, pump", fast: "true" },
    }),
  ).toEqual({
    ratePerMinute: null,
    softLimitMs: 1_500,
    autoscale: { min: 0, max: 4 },
    options: { minScore: null, classes: ["valve", "pump"], fast: true },
  });
});

it("says what cannot be saved", () => {
  const draft = draftOf(ROW);
  expect(faultOf(draft)).toBeNull();
  expect(faultOf({ ...draft, softLimitS: 100 })).toMatch(/soft limit/);
  expect(faultOf({ ...draft, autoscaleMin: 2 })).toMatch(/most/);
  expect(faultOf({ ...draft, autoscaleMin: 5, autoscaleMax: 4 })).toMatch(/least/);
});
