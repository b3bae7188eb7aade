import { superclassOf } from "#shared/symbols";
import type { Random } from "./random.ts";
import { centred } from "./text-box.ts";
import type { Plan, Point } from "./types.ts";

/** Ends the nozzles of vessels and exchangers with a stroke across their line and a name, on sheets drafted so. */
export function addNozzles(plan: Plan, random: Random): void {
  const { drafting, grid } = plan;
  if (!drafting.nozzles) return;
  const named = random.chance(0.6);
  const sized = random.chance(0.5);
  for (const edge of plan.edges) {
    if (edge.style !== "solid") continue;
    const n = edge.points.length;
    for (const [end, a, b] of [
      [edge.from, edge.points[0]!, edge.points[1]!],
      [edge.to, edge.points[n - 1]!, edge.points[n - 2]!],
    ] as const) {
      const family = end.node.symbol && superclassOf(end.node.symbol.name);
      if (family !== "vessel" && family !== "exchanger") continue;
      const long = Math.abs(b[0] - a[0]) + Math.abs(b[1] - a[1]);
      const out = grid.cell * 0.45;
      if (long < grid.cell * 0.8) continue;
      const [ux, uy] = [(b[0] - a[0]) / long, (b[1] - a[1]) / long];
      const at: Point = [a[0] + ux * out, a[1] + uy * out];
      const near = (p: Point, far: number) => Math.abs(p[0] - at[0]) < far && Math.abs(p[1] - at[1]) < far;
      if (edge.arrow && near(edge.arrow.at, drafting.arrow + 4)) continue;
      if (plan.crossings.some((c) => near(c.at, drafting.jumpRadius + grid.cell * 0.2))) continue;
      const half = grid.cell * 0.17;
      plan.ticks.push({
        at,
        from: [at[0] - uy * half, at[1] - ux * half],
        to: [at[0] + uy * half, at[1] + ux * half],
      });
      if (!named) continue;
      const height = drafting.textHeight * 0.75;
      const beside: Point = [
        at[0] - ux * out * 0.5 + uy * (half + height),
        at[1] - uy * out * 0.5 - Math.abs(ux) * (half + height * 0.6),
      ];
      if (height < 6) continue;
      plan.texts.push({ ...centred(drafting, `N${random.int(1, 12)}`, height, beside), of: edge.id });
      if (!sized) continue;
      const below: Point = uy
        ? [beside[0], beside[1] + height * 1.7]
        : [beside[0], at[1] + half + height * 1.2];
      plan.texts.push({
        ...centred(drafting, random.pick(["25", "50", "80", "100", '2"']), height, below),
        of: edge.id,
      });
    }
  }
}
