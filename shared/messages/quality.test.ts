import { describe, expect, it } from "vitest";
import { mergeQuality, Quality, qualityOf } from "./quality.ts";

describe("quality of a sheet", () => {
  it("is 1 without a reason, falls with each, and is 0 for a blank sheet", () => {
    expect(qualityOf([])).toEqual({ score: 1, reasons: [] });
    expect(qualityOf(["INVERTED"]).score).toBeGreaterThan(0.9);
    expect(qualityOf(["INVERTED", "UNEVEN_LIGHT"]).score).toBeLessThan(0.7);
    expect(qualityOf(["BLANK"]).score).toBe(0);
  });

  it("gathers over the stages", () => {
    const both = mergeQuality(qualityOf(["SKEWED"]), qualityOf(["MANY_LOOSE_ENDS"]));
    expect(both.reasons.map(({ code }) => code)).toEqual(["SKEWED", "MANY_LOOSE_ENDS"]);
    expect(both.score).toBe(0.57);
    expect(Quality.parse(both)).toEqual(both);
  });
});
