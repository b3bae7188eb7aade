import { describe, expect, it } from "vitest";
import { summarise } from "#shared/evaluate";
import { belowFloors, floorsFrom } from "./floors.ts";

const counts = (truePositives: number, wrong: number) => ({
  truePositives,
  falsePositives: wrong,
  falseNegatives: wrong,
  precision: 0,
  recall: 0,
  f1: 0,
});
const reading = (wrongEdges: number, joined: number) =>
  summarise([
    {
      name: "s",
      symbolsAgnostic: counts(100, 1),
      edges: counts(100, wrongEdges),
      crossings: { total: 50, joined },
      corrections: { items: 100, work: wrongEdges },
      missedEdges: [],
      extraEdges: [],
    },
  ]);

describe("floors under the figures", () => {
  const floors = floorsFrom({ clean: reading(2, 1) });

  it("hold for what they were made from, and for what is better", () => {
    expect(belowFloors({ clean: reading(2, 1) }, floors)).toEqual([]);
    expect(belowFloors({ clean: reading(0, 0) }, floors)).toEqual([]);
    expect(Object.keys(floors.clean!)).toContain("edgeF1");
    expect(floors.clean).not.toHaveProperty("pipeIou");
  });

  it("say which figure fell below, and where smaller is better, which rose above", () => {
    expect(belowFloors({ clean: reading(6, 1) }, floors).join("\n")).toMatch(
      /clean: edge F1 is 0\.943, at least 0\.955 is wanted/,
    );
    expect(belowFloors({ clean: reading(2, 7) }, floors)).toEqual([
      "clean: crossings wrongly joined is 0.140, at most 0.12 is wanted",
    ]);
  });

  it("miss a set or a figure that is no longer measured", () => {
    expect(belowFloors({}, floors).length).toBe(Object.keys(floors.clean!).length);
  });
});
