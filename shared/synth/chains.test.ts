import { describe, expect, it } from "vitest";
import { inkBox } from "./placed.ts";
import { planSheet } from "./plan-sheet.ts";
import { Random } from "./random.ts";
import type { Plan, PlanEdge } from "./types.ts";

const long = (e: PlanEdge) =>
  Math.hypot(e.points[1]![0] - e.points[0]![0], e.points[1]![1] - e.points[0]![1]);
/** Edges between two parts of a chain lie on no vertex of the grid. */
const linksOf = (plan: Plan) => plan.edges.filter((e) => e.vertices.length === 0);

describe("parts that touch each other", () => {
  const plans: Plan[] = [];
  for (let seed = 1; seed <= 60 && plans.length < 3; seed++) {
    const plan = planSheet(new Random(seed), 1200, 900, 1);
    if (linksOf(plan).length > 3) plans.push(plan);
  }

  it("are found on some of many sheets", () => expect(plans).toHaveLength(3));

  it("are joined by edges of a few pixels between their ports", () => {
    for (const plan of plans)
      for (const e of linksOf(plan)) {
        expect(e.points).toHaveLength(2);
        expect(long(e)).toBeGreaterThan(0);
        expect(long(e)).toBeLessThan(plan.drafting.symbolWidth + 3 + 0.12 * plan.drafting.module);
        for (const { node, port } of [e.from, e.to]) {
          expect(plan.nodes).toContain(node);
          expect(node.symbol!.shape.ports.map((p) => p.name)).toContain(port);
        }
      }
  });

  it("do not overlap, and nothing else stands between them", () => {
    for (const plan of plans) {
      const boxes = plan.nodes.flatMap((n) => (n.symbol ? [inkBox(n.symbol, n.at)] : []));
      for (const [i, a] of boxes.entries())
        for (const b of boxes.slice(i + 1))
          expect(a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]).toBe(false);
    }
  });
});
