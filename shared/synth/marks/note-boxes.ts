import type { Clearance } from "../clearance.ts";
import { textWidth } from "../font.ts";
import type { Random } from "../random.ts";
import { lookOf } from "../text-box.ts";
import type { Plan } from "../types.ts";
import { corners, findRoom, stroke } from "./room.ts";

const lines = [
  "SWITCHOVER",
  "FOR COOLING MODE",
  "DESIGN 10 BARG / 120 C",
  "INSULATION 50 MM",
  "see sheet 4 of 9",
  "SUPPLY BY OTHERS",
  "Q = 120 kW",
  "DN 25/50",
  "P = 6.0 barg",
  "INTERLOCK I-12",
];

/** Remarks in a frame of their own, standing free in the drawing. */
export function addNoteBoxes(plan: Plan, map: Clearance, random: Random): void {
  const { drafting } = plan;
  for (let n = random.int(1, 4); n > 0; n--) {
    const height = drafting.textHeight * random.real(0.8, 1.3);
    const texts = Array.from({ length: random.int(2, 5) }, () => random.pick(lines));
    const pad = height * random.real(0.6, 1.2);
    const w = Math.max(...texts.map((t) => textWidth(t, lookOf(drafting, { height })))) + 2 * pad;
    const h = texts.length * height * 1.7 + 2 * pad - height * 0.7;
    const at = findRoom(plan, map, random, w, h);
    if (!at) continue;
    const [x, y] = at;
    const width = random.pick([1, drafting.thinWidth]);
    stroke(plan, corners(x, y, x + w, y + h), width, { closed: true });
    if (random.chance(0.2))
      stroke(plan, corners(x + 5, y + 5, x + w - 5, y + h - 5), width, { closed: true });
    for (const [i, text] of texts.entries())
      plan.texts.push({ at: [x + pad, y + pad + height * (1 + i * 1.7)], text, height, angle: 0 });
  }
}
