import type { Point } from "./types.ts";

/** Skew of a scan: a rotation about the middle of the sheet. */
export interface Skew {
  cos: number;
  sin: number;
  cx: number;
  cy: number;
}

/** Rotation by degrees, clockwise on paper. */
export function skewBy(degrees: number, widthPx: number, heightPx: number): Skew {
  const a = (degrees * Math.PI) / 180;
  return { cos: Math.cos(a), sin: Math.sin(a), cx: widthPx / 2, cy: heightPx / 2 };
}

/** Where a point of the upright sheet lies on the skewed one. */
export function apply(skew: Skew, [x, y]: Point): Point {
  const [u, v] = [x - skew.cx, y - skew.cy];
  return [skew.cx + u * skew.cos - v * skew.sin, skew.cy + u * skew.sin + v * skew.cos];
}

/** The same as a canvas matrix a, b, c, d, e, f. */
export function matrix(skew: Skew): [number, number, number, number, number, number] {
  const [e, f] = apply(skew, [0, 0]);
  return [skew.cos, skew.sin, -skew.sin, skew.cos, e, f];
}
