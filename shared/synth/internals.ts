import { type Shape, type Stroke, shapeBounds } from "#shared/symbols";
import type { Random } from "./random.ts";

/** Polyline as path data. */
const line = (...xy: number[]): string =>
  xy.map((v, i) => (i % 2 ? v.toFixed(3) : `${i ? "L" : "M"}${v.toFixed(3)} `)).join("");
const ink = (d: string, dashed = false): Stroke => ({ d, fill: "none", stroke: true, dashed });

/** The shape with something drawn inside its outline, as plant design exports show vessels: pipes, beds, levels, jackets. */
export function withInternals(shape: Shape, random: Random): Shape {
  const [x0, y0, x1, y1] = shapeBounds(shape);
  const [w, h] = [x1 - x0, y1 - y0];
  // Heads are round: stay in the middle four fifths.
  const [l, t, r, b] = [x0 + w * 0.12, y0 + h * 0.18, x1 - w * 0.12, y1 - h * 0.18];
  const x = random.real(l, r);
  const y = random.real(t, b);
  const kind = random.weighted({ dip: 3, level: 2, bed: 2, weir: 2, coil: 2, demister: 2, centre: 1 });
  const extra: Stroke[] = [];
  if (kind === "dip")
    extra.push(ink(line(x, y0 + h * 0.04, x, Math.max(y, (t + b) / 2)), random.chance(0.3)));
  if (kind === "level")
    for (let k = 0; k < 3; k++)
      extra.push(ink(line(l + k * w * 0.08, y + k * h * 0.02, r - k * w * 0.08, y + k * h * 0.02)));
  if (kind === "bed") {
    const low = Math.min(b, y + h * 0.3);
    extra.push(
      ink(line(x0, y, x1, y)),
      ink(line(x0, low, x1, low)),
      ink(line(x0, y, x1, low)),
      ink(line(x1, y, x0, low)),
    );
  }
  if (kind === "weir") extra.push(ink(line(x, (t + b) / 2, x, b)));
  if (kind === "coil") {
    const xy: number[] = [];
    for (let k = 0; k <= 6; k++) xy.push(k % 2 ? r : l, t + ((b - t) * k) / 6);
    extra.push(ink(line(...xy)));
  }
  if (kind === "demister")
    extra.push(ink(line(x0, t, x1, t), true), ink(line(x0, t + h * 0.05, x1, t + h * 0.05), true));
  if (kind === "centre") extra.push(ink(line((x0 + x1) / 2, y0, (x0 + x1) / 2, y1), true));
  return { ...shape, strokes: [...shape.strokes, ...extra] };
}
