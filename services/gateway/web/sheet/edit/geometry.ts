/** Sheet pixels, origin top-left. */
export type Point = [x: number, y: number];
/** x, y, width, height in sheet pixels. */
export type Box = [x: number, y: number, width: number, height: number];

/** A rectangle by its corners. */
export interface Area {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

export const clamp = (value: number, least: number, most: number): number =>
  Math.min(Math.max(value, least), Math.max(least, most));

export const boxArea = ([x, y, w, h]: Box): Area => ({ x0: x, y0: y, x1: x + w, y1: y + h });

/** True when two areas share a point. */
export const overlaps = (a: Area, b: Area): boolean =>
  a.x0 <= b.x1 && b.x0 <= a.x1 && a.y0 <= b.y1 && b.y0 <= a.y1;

export const centerOf = ([x, y, w, h]: Box): Point => [x + w / 2, y + h / 2];

/** The box between two corners, whichever way they lie, in whole pixels. */
export function boxBetween([ax, ay]: Point, [bx, by]: Point): Box {
  const x = Math.round(Math.min(ax, bx));
  const y = Math.round(Math.min(ay, by));
  return [x, y, Math.round(Math.max(ax, bx)) - x, Math.round(Math.max(ay, by)) - y];
}

/** The nearest point of a piece of line, its distance and where on the piece it is (0..1). */
export function nearestOnPiece(
  [px, py]: Point,
  [ax, ay]: Point,
  [bx, by]: Point,
): { at: Point; distance: number; share: number } {
  const dx = bx - ax;
  const dy = by - ay;
  const length2 = dx * dx + dy * dy;
  const share = length2 === 0 ? 0 : clamp(((px - ax) * dx + (py - ay) * dy) / length2, 0, 1);
  const at: Point = [ax + share * dx, ay + share * dy];
  return { at, distance: Math.hypot(px - at[0], py - at[1]), share };
}

/** Where two pieces of line cross, or null; parallel pieces do not. */
export function crossingOf(a: Point, b: Point, c: Point, d: Point): Point | null {
  const rx = b[0] - a[0];
  const ry = b[1] - a[1];
  const sx = d[0] - c[0];
  const sy = d[1] - c[1];
  const cross = rx * sy - ry * sx;
  if (Math.abs(cross) < 1e-9) return null;
  const t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / cross;
  const u = ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / cross;
  return t < 0 || t > 1 || u < 0 || u > 1 ? null : [a[0] + t * rx, a[1] + t * ry];
}
