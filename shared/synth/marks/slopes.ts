import { type Clearance, isClear, take } from "../clearance.ts";
import type { Random } from "../random.ts";
import type { Plan, Point } from "../types.ts";
import { stroke } from "./room.ts";

/** Slope wedges above level lines, with their ratio beside them. */
export function addSlopes(plan: Plan, map: Clearance, random: Random): void {
  const { grid, drafting } = plan;
  for (const edge of plan.edges) {
    if (edge.line !== "process" || !random.chance(0.1)) continue;
    const i = random.int(1, edge.points.length - 1);
    const [a, b] = [edge.points[i - 1]!, edge.points[i]!];
    if (a[1] !== b[1] || Math.abs(a[0] - b[0]) < grid.cell * 3) continue;
    const [w, h] = [grid.cell * random.real(0.6, 1.2), drafting.textHeight * random.real(0.5, 0.8)];
    const x = Math.min(a[0], b[0]) + grid.cell * 0.5;
    const y = a[1] - edge.widthPx - random.real(4, 10);
    const tall = drafting.textHeight * 0.85;
    if (!isClear(map, x, y - h - 2, x + w + tall * 4, y)) continue;
    take(map, x, y - h, x + w + tall * 4, y);
    const wedge: Point[] = [
      [x, y],
      [x + w, y],
      [x + w, y - h],
    ];
    stroke(plan, wedge, drafting.thinWidth, { closed: true });
    plan.texts.push({
      at: [x + w + 5, y],
      text: random.pick(["1:100", "10 %", "0.5%", "1:50"]),
      height: tall,
      angle: 0,
    });
  }
}
