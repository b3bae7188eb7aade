import type { Clearance } from "../clearance.ts";
import type { Random } from "../random.ts";
import { centred } from "../text-box.ts";
import type { Plan, Point } from "../types.ts";
import { findRoom, head, stroke } from "./room.ts";

/** Dimension lines: thin, with extension lines, slim heads at both ends and a number. */
export function addDimensions(plan: Plan, map: Clearance, random: Random): void {
  const { drafting, grid } = plan;
  for (let n = random.int(1, 5); n > 0; n--) {
    const long = grid.cell * random.real(2, 8);
    const deep = drafting.textHeight * 3;
    const flat = random.chance(0.6);
    const at = findRoom(plan, map, random, flat ? long : deep, flat ? deep : long);
    if (!at) continue;
    const middle = deep * 0.6;
    const place = (s: number, d: number): Point => (flat ? [at[0] + s, at[1] + d] : [at[0] + d, at[1] + s]);
    const [ux, uy] = flat ? [1, 0] : [0, 1];
    const size = Math.max(6, drafting.arrow * 0.6);
    stroke(plan, [place(0, middle), place(long, middle)], 1);
    for (const s of [0, long]) stroke(plan, [place(s, middle - deep * 0.2), place(s, deep)], 1);
    head(plan, place(0, middle), -ux, -uy, size);
    head(plan, place(long, middle), ux, uy, size);
    const text = String(random.int(5, 400) * 10);
    plan.texts.push(
      centred(
        drafting,
        text,
        drafting.textHeight * 0.85,
        place(long / 2, middle - drafting.textHeight),
        flat ? 0 : -90,
      ),
    );
  }
}
