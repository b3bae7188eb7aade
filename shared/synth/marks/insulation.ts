import type { Random } from "../random.ts";
import type { Plan, Point } from "../types.ts";
import { stroke } from "./room.ts";

/** Heat tracing (a dashed line beside a pipe) and insulation (a sleeve of two lines around it) along straight runs. */
export function addInsulation(plan: Plan, random: Random): void {
  const { grid, drafting } = plan;
  const manner = random.weighted({ tracing: 1, sleeve: 1, zigzag: 1 });
  const off = Math.max(4, drafting.processWidth * 1.5 + grid.cell * 0.06);
  for (const edge of plan.edges) {
    if (edge.line !== "process" || !random.chance(0.12)) continue;
    for (let i = 1; i < edge.points.length; i++) {
      const [a, b] = [edge.points[i - 1]!, edge.points[i]!];
      const long = Math.hypot(b[0] - a[0], b[1] - a[1]);
      if (long < grid.cell * 1.8 || (a[0] !== b[0] && a[1] !== b[1])) continue;
      const [ux, uy] = [(b[0] - a[0]) / long, (b[1] - a[1]) / long];
      const at = (s: number, d: number): Point => [a[0] + ux * s - uy * d, a[1] + uy * s + ux * d];
      const dash = drafting.dash;
      if (manner === "tracing") {
        stroke(plan, [at(grid.cell * 0.3, off), at(long - grid.cell * 0.3, off)], drafting.thinWidth, {
          dash,
        });
        continue;
      }
      const wide = Math.min(long * 0.7, grid.cell * random.real(0.8, 1.8));
      const s = random.real(grid.cell * 0.2, long - wide - grid.cell * 0.2);
      if (manner === "sleeve") {
        const solid = random.chance(0.3);
        for (const d of [-off, off])
          stroke(plan, [at(s, d), at(s + wide, d)], drafting.thinWidth, solid ? {} : { dash });
        for (const e of [s, s + wide]) stroke(plan, [at(e, -off), at(e, off)], drafting.thinWidth);
        continue;
      }
      const teeth = Math.max(3, Math.round(wide / off));
      const points = Array.from({ length: teeth + 1 }, (_, k) =>
        at(s + (wide * k) / teeth, k % 2 ? off * 1.8 : off * 0.9),
      );
      stroke(plan, points, drafting.thinWidth);
    }
  }
}
