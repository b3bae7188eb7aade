import type { Label, Port, Shape, Side, Stroke, Wall } from "./types.ts";

const n = (v: number) => String(Math.round(v * 1000) / 1000);

/** Open polyline x1,y1,x2,y2,… as path data. */
export function line(...xy: number[]): string {
  let d = "";
  for (let i = 0; i < xy.length; i += 2) d += `${i ? "L" : "M"}${n(xy[i]!)} ${n(xy[i + 1]!)}`;
  return d;
}

/** Closed polygon. */
export const poly = (...xy: number[]): string => `${line(...xy)}Z`;

/** Axis-parallel rectangle around (cx, cy). */
export const rect = (cx: number, cy: number, w: number, h: number): string =>
  poly(cx - w / 2, cy - h / 2, cx + w / 2, cy - h / 2, cx + w / 2, cy + h / 2, cx - w / 2, cy + h / 2);

/** Elliptic arc from angle a to b (degrees, 0 = east, clockwise as y grows down), in cubic pieces of at most 90°. */
export function arc(
  cx: number,
  cy: number,
  rx: number,
  ry: number,
  a: number,
  b: number,
  join = false,
): string {
  const pieces = Math.max(1, Math.ceil(Math.abs(b - a) / 90));
  const step = ((b - a) * Math.PI) / 180 / pieces;
  const k = (4 / 3) * Math.tan(step / 4);
  let t = (a * Math.PI) / 180;
  let d = `${join ? "L" : "M"}${n(cx + rx * Math.cos(t))} ${n(cy + ry * Math.sin(t))}`;
  for (let i = 0; i < pieces; i++, t += step) {
    const u = t + step;
    const [c0, s0, c1, s1] = [Math.cos(t), Math.sin(t), Math.cos(u), Math.sin(u)];
    d += `C${n(cx + rx * (c0 - k * s0))} ${n(cy + ry * (s0 + k * c0))} ${n(cx + rx * (c1 + k * s1))} ${n(cy + ry * (s1 - k * c1))} ${n(cx + rx * c1)} ${n(cy + ry * s1)}`;
  }
  return d;
}

/** Full circle. */
export const circle = (cx: number, cy: number, r: number): string => `${arc(cx, cy, r, r, 0, 360)}Z`;

/** Outline only. */
export const open = (d: string): Stroke => ({ d, fill: "none", stroke: true });
/** Outline that hides what is under it. */
export const hollow = (d: string): Stroke => ({ d, fill: "paper", stroke: true });
/** Solid ink. */
export const solid = (d: string): Stroke => ({ d, fill: "ink", stroke: true });
/** Dashed outline. */
export const dashed = (d: string): Stroke => ({ d, fill: "none", stroke: true, dashed: true });

/** A port; the side doubles as its name unless one is given. */
export const port = (side: Side, x: number, y: number, name: string = side, takes?: "signal"): Port =>
  takes ? { name, x, y, side, takes } : { name, x, y, side };

/** West and east ports at ±half on the axis. */
export const through = (half: number): Port[] => [port("W", -half, 0), port("E", half, 0)];

/** Assembles a variant. */
export function shape(
  strokes: Stroke[],
  ports: Port[],
  extra: { walls?: Wall[]; labels?: Label[] } = {},
): Shape {
  return { strokes, ports, ...extra };
}
