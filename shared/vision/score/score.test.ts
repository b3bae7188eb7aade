import { describe, expect, it } from "vitest";
import { maskOf } from "../geometry/ascii-mask.ts";
import type { Point } from "../geometry/types.ts";
import type { VisionEdge, VisionGraph, VisionNode } from "../graph/types.ts";
import {
  correctionsPer100,
  counts,
  graphScores,
  junctionScores,
  maskScores,
  matchBoxes,
  sumCounts,
} from "./index.ts";

const symbol = (id: string, x: number, y: number, className = "gate_valve"): VisionNode => ({
  id,
  type: "symbol",
  class: className,
  bbox: [x, y, 40, 20],
  center: [x + 20, y + 10],
});
const tee = (id: string, at: Point): VisionNode => ({ id, type: "tee", center: at });
const edge = (id: string, source: string, target: string, more: Partial<VisionEdge> = {}): VisionEdge => ({
  id,
  source,
  target,
  points: [
    [0, 0],
    [10, 0],
  ],
  line: "process",
  style: "solid",
  direction: null,
  widthPx: 4,
  ...more,
});
const graph = (
  nodes: VisionNode[],
  edges: VisionEdge[],
  crossings: VisionGraph["crossings"] = [],
): VisionGraph => ({
  version: 1,
  sheet: { uid: "t", widthPx: 500, heightPx: 500 },
  nodes,
  edges,
  crossings,
});

const truth = graph(
  [symbol("a", 0, 0), symbol("b", 200, 0), symbol("c", 100, 200), tee("t", [120, 10])],
  [
    edge("1", "a", "t", { direction: "forward" }),
    edge("2", "t", "b"),
    edge("3", "t", "c", { style: "dashed" }),
  ],
  [{ at: [300, 300], kind: "plain", edges: ["1", "2"] }],
);

describe("graphScores", () => {
  it("gives a graph full marks against itself, under other names and the other way round", () => {
    const renamed = graph(
      truth.nodes.map((n) => ({ ...n, id: `x${n.id}` })),
      truth.edges.map((e) => ({
        ...e,
        source: `x${e.target}`,
        target: `x${e.source}`,
        direction: e.direction === "forward" ? "backward" : null,
      })),
    );
    const scores = graphScores(truth, renamed, { tolerancePx: 5 });
    expect([scores.nodes.f1, scores.edges.f1, scores.directionRight, scores.styleRight]).toEqual([
      1, 1, 1, 3,
    ]);
    expect(correctionsPer100(scores)).toBe(0);
  });

  it("counts a missed tee as three wrong edges replaced by one", () => {
    const predicted = graph(truth.nodes.slice(0, 3), [edge("9", "a", "b")]);
    const { edges, nodes } = graphScores(truth, predicted, { tolerancePx: 5 });
    expect([edges.truePositives, edges.falsePositives, edges.falseNegatives]).toEqual([0, 1, 3]);
    expect(nodes.falseNegatives).toBe(1);
  });

  it("does not take an endpoint for a tee, nor a tee out of reach", () => {
    const moved = graph([...truth.nodes.slice(0, 3), tee("t", [131, 10])], truth.edges);
    expect(graphScores(truth, moved, { tolerancePx: 5 }).edges.f1).toBe(0);
    expect(graphScores(truth, moved, { tolerancePx: 15 }).edges.f1).toBe(1);
    const ended = graph(
      [...truth.nodes.slice(0, 3), { ...tee("t", [120, 10]), type: "endpoint" }],
      truth.edges,
    );
    expect(graphScores(truth, ended, { tolerancePx: 15 }).edges.f1).toBe(0);
  });

  it("does not count the same edge twice", () => {
    const doubled = graph(truth.nodes, [...truth.edges, edge("4", "a", "t")]);
    expect(graphScores(truth, doubled, { tolerancePx: 5 }).edges.falsePositives).toBe(1);
  });

  it("counts a crossing that became a join", () => {
    const joined = graph([...truth.nodes, tee("x", [302, 300])], truth.edges);
    expect(graphScores(truth, joined, { tolerancePx: 5 })).toMatchObject({
      crossings: 1,
      crossingsJoined: 1,
    });
    expect(graphScores(truth, truth, { tolerancePx: 5 }).crossingsJoined).toBe(0);
  });

  it("sees a wrong direction, a wrong style and a wrong class", () => {
    const wrong = graph(
      [symbol("a", 0, 0, "globe_valve"), ...truth.nodes.slice(1)],
      truth.edges.map((e) => ({ ...e, style: "solid", direction: "backward" as const })),
    );
    const scores = graphScores(truth, wrong, { tolerancePx: 5 });
    expect([scores.directionRight, scores.styleRight, scores.classRight]).toEqual([0, 2, 2]);
    expect(correctionsPer100(scores)).toBeCloseTo(100 / 7);
  });
});

describe("matchBoxes", () => {
  it("matches each box once, best overlap first", () => {
    const { counts: c, pairs } = matchBoxes(
      [{ bbox: [0, 0, 10, 10] }],
      [{ bbox: [2, 0, 10, 10] }, { bbox: [0, 0, 10, 10] }],
    );
    expect(pairs).toEqual([[0, 1]]);
    expect([c.precision, c.recall]).toEqual([0.5, 1]);
  });

  it("needs the class where asked", () => {
    const [a, b] = [
      [{ bbox: [0, 0, 9, 9] as [number, number, number, number], class: "x" }],
      [{ bbox: [0, 0, 9, 9] as [number, number, number, number], class: "y" }],
    ] as const;
    expect(matchBoxes(a, b).counts.f1).toBe(1);
    expect(matchBoxes(a, b, { classRequired: true }).counts.f1).toBe(0);
  });
});

describe("maskScores", () => {
  const line = maskOf(["..........", "##########", "##########", ".........."]);

  it("gives a mask full marks against itself", () => {
    expect(maskScores(line, line)).toEqual({ iou: 1, clDice: 1 });
  });

  it("forgives width in clDice and not in IoU; an empty answer gets nothing", () => {
    const thick = maskOf(["##########", "##########", "##########", ".........."]);
    const scores = maskScores(line, thick);
    expect(scores.iou).toBeCloseTo(2 / 3);
    expect(scores.clDice).toBe(1);
    expect(maskScores(line, maskOf(["..........", "..........", "..........", ".........."])).clDice).toBe(0);
  });
});

describe("junctionScores", () => {
  it("leaves bends out and counts crossings taken for joins", () => {
    const truthList = [
      { at: [0, 0] as Point, kind: "plain" as const },
      { at: [50, 0] as Point, kind: "tee" as const },
      { at: [90, 0] as Point, kind: "bend" as const },
    ];
    const scores = junctionScores(
      truthList,
      [
        { at: [2, 0], kind: "cross" },
        { at: [51, 0], kind: "tee" },
      ],
      { tolerancePx: 5 },
    );
    expect(scores).toMatchObject({ classAccuracy: 0.5, crossings: 1, crossingsJoined: 1, counts: { f1: 1 } });
  });
});

describe("counts", () => {
  it("is perfect on nothing and zero on a failed sheet", () => {
    expect(counts(0, 0, 0).f1).toBe(1);
    expect(counts(0, 0, 5).f1).toBe(0);
  });

  it("adds sheets up before it divides", () => {
    expect(sumCounts([counts(9, 9, 9), counts(0, 0, 1)]).recall).toBe(0.9);
  });
});
