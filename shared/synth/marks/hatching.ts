import type { Clearance } from "../clearance.ts";
import type { Random } from "../random.ts";
import type { Plan } from "../types.ts";
import { corners, findRoom, stroke } from "./room.ts";

/** Hatched boxes: foundations, walls, areas that are somebody else's. */
export function addHatching(plan: Plan, map: Clearance, random: Random): void {
  const { grid, drafting } = plan;
  for (let n = random.int(1, 3); n > 0; n--) {
    const [w, h] = [grid.cell * random.real(1.5, 7), grid.cell * random.real(0.6, 4)];
    const at = findRoom(plan, map, random, w, h);
    if (!at) continue;
    const [x, y] = at;
    if (random.chance(0.7)) stroke(plan, corners(x, y, x + w, y + h), drafting.thinWidth, { closed: true });
    const step = Math.max(5, grid.cell * random.real(0.12, 0.4));
    for (let s = step; s < w + h; s += step) {
      const a: [number, number] = s < h ? [x, y + s] : [x + s - h, y + h];
      const b: [number, number] = s < w ? [x + s, y] : [x + w, y + s - w];
      stroke(plan, [a, b], 1);
    }
  }
}
