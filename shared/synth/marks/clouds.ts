import type { Random } from "../random.ts";
import { centred } from "../text-box.ts";
import type { Plan, Point } from "../types.ts";
import { drawingArea, stroke } from "./room.ts";

/** Revision clouds: a rectangle of arcs around a changed part of the drawing, with the revision in a triangle beside it. */
export function addClouds(plan: Plan, random: Random): void {
  const { grid, drafting } = plan;
  const [ax, ay, bx, by] = drawingArea(plan);
  for (let n = random.int(1, 3); n > 0; n--) {
    const [w, h] = [grid.cell * random.real(4, 12), grid.cell * random.real(3, 9)];
    if (bx - ax < w * 1.2 || by - ay < h * 1.2) continue;
    const [x, y] = [random.real(ax, bx - w), random.real(ay, by - h)];
    const width = random.real(1, Math.max(1.5, drafting.processWidth));
    stroke(plan, outline(x, y, w, h, grid.cell * random.real(0.35, 0.7)), width, { closed: true });
    const s = drafting.textHeight * 1.6;
    const corner: Point = [x + w + s * 1.4, y + h];
    stroke(plan, [corner, [corner[0] + s * 2, corner[1]], [corner[0] + s, corner[1] - s * 1.7]], 1.5, {
      closed: true,
    });
    if (corner[0] + s * 2 < plan.widthPx)
      plan.texts.push(
        centred(drafting, String(random.int(1, 9)), s * 0.7, [corner[0] + s, corner[1] - s * 0.6]),
      );
  }
}

/** Outward half circles of about the given chord around a box. */
function outline(x: number, y: number, w: number, h: number, chord: number): Point[] {
  const out: Point[] = [];
  const side = (a: Point, b: Point) => {
    const long = Math.hypot(b[0] - a[0], b[1] - a[1]);
    const count = Math.max(2, Math.round(long / chord));
    const [ux, uy] = [(b[0] - a[0]) / long, (b[1] - a[1]) / long];
    const r = long / count / 2;
    for (let i = 0; i < count; i++)
      for (let k = 0; k < 8; k++) {
        const t = Math.PI * (1 - k / 8);
        const s = (2 * i + 1) * r + r * Math.cos(t);
        const d = r * 0.8 * Math.sin(t);
        out.push([a[0] + ux * s + uy * d, a[1] + uy * s - ux * d]);
      }
  };
  const [p, q, s, t]: [Point, Point, Point, Point] = [
    [x, y],
    [x + w, y],
    [x + w, y + h],
    [x, y + h],
  ];
  side(p, q);
  side(q, s);
  side(s, t);
  side(t, p);
  return out;
}
