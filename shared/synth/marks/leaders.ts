import { type Clearance, isClear, take } from "../clearance.ts";
import { inkBox } from "../placed.ts";
import type { Random } from "../random.ts";
import { textInk } from "../text-box.ts";
import type { Plan, PlanText, Point } from "../types.ts";
import { head, stroke } from "./room.ts";

const remarks = [
  "NOTE 3",
  "BY VENDOR",
  "HOLD",
  "MIN. DIST.",
  "TYP.",
  "SEE DETAIL A",
  "TIE-IN 12",
  "NORMALLY CLOSED",
];

/** Slanted leaders from a remark to a symbol. */
export function addLeaders(plan: Plan, map: Clearance, random: Random): void {
  const { grid, drafting } = plan;
  for (const node of random.shuffle(plan.nodes.filter((n) => n.symbol)).slice(0, random.int(2, 14))) {
    const [x0, y0, x1, y1] = inkBox(node.symbol!, node.at);
    const [sx, sy] = [random.pick([-1, 1]), random.pick([-1, 1])];
    const from: Point = [sx < 0 ? x0 : x1, sy < 0 ? y0 : y1];
    const to: Point = [
      from[0] + sx * grid.cell * random.real(0.4, 1.4),
      from[1] + sy * grid.cell * random.real(0.4, 1.2),
    ];
    const text: PlanText = {
      at: [to[0], to[1] + drafting.textHeight / 2],
      text: random.pick(remarks),
      height: drafting.textHeight * 0.9,
      angle: 0,
    };
    const box = textInk(drafting, text)!;
    const shift = sx < 0 ? -(box[2] - box[0]) - 8 : 8;
    text.at = [text.at[0] + shift, text.at[1]];
    if (!isClear(map, box[0] + shift - 3, box[1] - 3, box[2] + shift + 3, box[3] + 3)) continue;
    take(map, box[0] + shift, box[1], box[2] + shift, box[3]);
    plan.texts.push(text);
    stroke(plan, [from, to], 1);
    const long = Math.hypot(to[0] - from[0], to[1] - from[1]);
    if (random.chance(0.6))
      head(plan, from, (from[0] - to[0]) / long, (from[1] - to[1]) / long, drafting.arrow * 0.5);
  }
}
