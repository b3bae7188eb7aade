import { describe, expect, it } from "vitest";
import { createClearance } from "./clearance.ts";
import { drawLayers } from "./draw-layers.ts";
import { addMarks } from "./marks/add-marks.ts";
import { makeMasks } from "./masks.ts";
import { planSheet } from "./plan-sheet.ts";
import { Random } from "./random.ts";
import { skewBy } from "./transform.ts";
import { makeTruth } from "./truth.ts";
import type { Plan, PlanCrossing } from "./types.ts";

const [W, H] = [1000, 800];
const straight = skewBy(0, W, H);

describe("what sheets carry beside the diagram", () => {
  it("draws marks as border ink only, whatever lies below", () => {
    const plan = planSheet(new Random(12), W, H, 0.6);
    const ink = (kinds: (v: number) => boolean) =>
      makeMasks(plan, straight, drawLayers(plan, straight)).style.filter(kinds).length;
    plan.marks = [];
    const isLine = (v: number) => v >= 1 && v <= 5;
    const [lines, borders] = [ink(isLine), ink((v) => v === 8)];
    for (let seed = 1; seed <= 12; seed++) addMarks(plan, createClearance(W, H), new Random(seed));
    expect(plan.marks.length).toBeGreaterThan(20);
    expect(ink((v) => v === 8)).toBeGreaterThan(borders * 1.05);
    // Half-covered pixels under two inks may change sides.
    expect(Math.abs(ink(isLine) - lines)).toBeLessThan(lines * 0.005);
  });

  it("stops one of two passing lines short of the other, and bridges the gap in the skeleton", () => {
    const plan = firstPlan((p) => p.crossings.some(isBroken));
    const broken = plan.crossings.find(isBroken)!;
    const [cross, other] = broken.edges;
    const [x, y] = broken.at;
    const level = cross.points.some((p, i) => i && p[1] === y && cross.points[i - 1]![1] === y);
    const off = Math.ceil((other.widthPx / 2 + plan.drafting.jumpRadius) / 2);
    const at = level ? Math.floor(y) * W + Math.floor(x + off) : Math.floor(y + off) * W + Math.floor(x);
    const masks = makeMasks(plan, straight, drawLayers(plan, straight));
    expect(masks.pipe[at]).toBe(0);
    expect(masks.skeleton[at]).toBe(255);
  });

  it("shows symbols in a legend that are no nodes of the graph", () => {
    const plan = firstPlan((p) => p.legend.length > 2);
    const truth = makeTruth(plan, straight, 1, "legend");
    const { style } = makeMasks(plan, straight, drawLayers(plan, straight));
    expect(truth.legend).toHaveLength(plan.legend.length);
    for (const { bbox } of truth.legend) {
      const [x, y, w, h] = bbox.map(Math.round) as [number, number, number, number];
      let ink = 0;
      for (let r = y; r < y + h; r++) for (let c = x; c < x + w; c++) ink += Number(style[r * W + c] === 7);
      expect(ink).toBeGreaterThan(5);
      const meets = (b: readonly number[]) =>
        b[0]! < x + w && b[0]! + b[2]! > x && b[1]! < y + h && b[1]! + b[3]! > y;
      expect(truth.nodes.some((n) => n.bbox && meets(n.bbox))).toBe(false);
    }
  });
});

const isBroken = (c: PlanCrossing) =>
  c.kind === "plain" &&
  c.edges[0].style === "solid" &&
  c.edges[0].gaps.length > 0 &&
  c.edges[1].gaps.length === 0;

/** The first plan of many that shows what a test is about. */
function firstPlan(shows: (plan: Plan) => boolean): Plan {
  for (let seed = 1; seed < 400; seed++) {
    const plan = planSheet(new Random(seed), W, H, 1);
    if (shows(plan)) return plan;
  }
  throw new Error("no such sheet among 400");
}
