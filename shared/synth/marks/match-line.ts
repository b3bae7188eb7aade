import type { Random } from "../random.ts";
import type { Plan } from "../types.ts";
import { drawingArea, stroke } from "./room.ts";

/** A chain line across the whole drawing, half way between grid lines: match lines, axes, limits of a building. */
export function addMatchLine(plan: Plan, random: Random): void {
  const { grid, drafting } = plan;
  const [x0, y0, x1, y1] = drawingArea(plan);
  const upright = random.chance(0.5);
  const k = random.int(1, (upright ? grid.columns : grid.rows) - 3) + 0.5;
  const at = (upright ? x0 : y0) + k * grid.cell;
  const long = grid.cell * random.real(0.4, 1);
  const dash = [long, long * 0.2, long * 0.1, long * 0.2];
  const width = random.pick([1, drafting.thinWidth, drafting.processWidth * 1.5]);
  stroke(
    plan,
    upright
      ? [
          [at, y0],
          [at, y1],
        ]
      : [
          [x0, at],
          [x1, at],
        ],
    width,
    { dash },
  );
}
