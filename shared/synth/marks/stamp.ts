import type { Clearance } from "../clearance.ts";
import { textWidth } from "../font.ts";
import type { Random } from "../random.ts";
import { centred, lookOf } from "../text-box.ts";
import type { Plan, Point } from "../types.ts";
import { corners, findRoom, stroke } from "./room.ts";

/** A rubber stamp: words in a double box or ring. */
export function addStamp(plan: Plan, map: Clearance, random: Random): void {
  const { drafting } = plan;
  const height = drafting.textHeight * random.real(1.4, 2.6);
  const text = random.pick(["APPROVED", "AS BUILT", "FOR INFORMATION", "PRELIMINARY", "VOID", "MASTER COPY"]);
  const wide = textWidth(text, lookOf(drafting, { height })) + height * 2;
  const ring = random.chance(0.3);
  const tall = ring ? wide : height * 3;
  const at = findRoom(plan, map, random, wide, tall);
  if (!at) return;
  const [cx, cy] = [at[0] + wide / 2, at[1] + tall / 2];
  for (const inset of [0, height * 0.3]) {
    const [rx, ry] = [wide / 2 - inset, tall / 2 - inset];
    const round = Array.from({ length: 48 }, (_, i): Point => {
      const t = (i * Math.PI) / 24;
      return [cx + rx * Math.cos(t), cy + ry * Math.sin(t)];
    });
    stroke(plan, ring ? round : corners(cx - rx, cy - ry, cx + rx, cy + ry), random.real(1.5, 4), {
      closed: true,
    });
  }
  plan.texts.push(centred(drafting, text, height * (ring ? 0.8 : 1), [cx, cy]));
}
