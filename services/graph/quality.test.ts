import { describe, expect, it } from "vitest";
import type { Graph } from "#shared/messages";
import { qualityOfGraph } from "./quality.ts";

type Nodes = Graph["nodes"];
const symbols = (count: number): Nodes =>
  Array.from({ length: count }, (_, i) => ({
    id: `n${i}`,
    type: "symbol",
    bbox: [i, 0, 1, 1],
    center: [i, 0],
  }));
const ends = (count: number): Nodes =>
  Array.from({ length: count }, (_, i) => ({ id: `e${i}`, type: "endpoint", center: [i, 9] }));
const lines = (count: number): Graph["edges"] =>
  Array.from({ length: count }, (_, i) => ({
    id: `p${i}`,
    source: "n0",
    target: "n0",
    points: [
      [0, 0],
      [1, 1],
    ],
    line: "process",
    style: "solid",
    direction: null,
    widthPx: 2,
  }));
const codes = (nodes: Nodes, edges: Graph["edges"]) =>
  qualityOfGraph({ nodes, edges }).reasons.map(({ code }) => code);

describe("quality of a graph", () => {
  it("has nothing against a usual one, a few open ends included", () => {
    expect(codes([...symbols(10), ...ends(3)], lines(12))).toEqual([]);
  });
  it("doubts one without lines, with hardly a symbol, or with many loose ends", () => {
    expect(codes(symbols(3), [])).toEqual(["NO_LINES"]);
    expect(codes(symbols(2), lines(30))).toEqual(["FEW_SYMBOLS"]);
    expect(codes([...symbols(10), ...ends(9)], lines(12))).toEqual(["MANY_LOOSE_ENDS"]);
  });
});
