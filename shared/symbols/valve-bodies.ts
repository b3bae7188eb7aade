import { arc, hollow, line, open, poly, through } from "./draw.ts";
import type { Port, Stroke } from "./types.ts";

/** Two triangles tip to tip; h is half the height, half the length from the middle to a port. */
export const bow = (h = 0.3, half = 0.5): string => poly(-half, -h, -half, h, half, -h, half, h);
/** The western triangle alone. */
export const left = (h = 0.3): string => poly(-0.5, -h, -0.5, h, 0, 0);
/** The eastern triangle alone. */
export const right = (h = 0.3): string => poly(0.5, -h, 0.5, h, 0, 0);
/** The triangle of a third or a turned outlet. */
export const below: string = poly(-0.3, 0.5, 0.3, 0.5, 0, 0);
/** Stem from the middle up. */
export const stem = (to: number): Stroke => open(line(0, 0, 0, to));
/** Stem with a hand wheel seen from its edge. */
export const wheel = (to: number, half: number): Stroke[] => [stem(to), open(line(-half, to, half, to))];
/** Diaphragm actuator on the axis. */
export const dome = (y: number, r: number): Stroke => hollow(`${arc(0, y, r, r, 180, 360)}Z`);
/** Flanges drawn close to both ends. */
export const flanged: readonly Stroke[] = [
  open(line(-0.58, -0.34, -0.58, 0.34)),
  open(line(0.58, -0.34, 0.58, 0.34)),
  open(line(-0.58, 0, -0.5, 0)),
  open(line(0.5, 0, 0.58, 0)),
];
/** Bars on both ends, without a gap. */
export const bars = (x: number, h: number): Stroke[] => [open(line(-x, -h, -x, h)), open(line(x, -h, x, h))];
export const wide: Port[] = through(0.58);
export const two: Port[] = through(0.5);
