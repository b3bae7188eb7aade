import type { Box, Point } from "./types.ts";

/** Area shared by two boxes, px². */
export function intersectionArea(a: Box, b: Box): number {
  const w = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]);
  const h = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]);
  return w > 0 && h > 0 ? w * h : 0;
}

/** Intersection over union, 0..1. */
export function iou(a: Box, b: Box): number {
  const shared = intersectionArea(a, b);
  return shared === 0 ? 0 : shared / (a[2] * a[3] + b[2] * b[3] - shared);
}

/** Intersection over the smaller box, 0..1: 1 when one box lies inside the other. */
export function ios(a: Box, b: Box): number {
  const shared = intersectionArea(a, b);
  return shared === 0 ? 0 : shared / Math.min(a[2] * a[3], b[2] * b[3]);
}

/** Distance from a point to a box, 0 inside or on the border, px. */
export function distanceToBox(p: Point, box: Box): number {
  const dx = Math.max(box[0] - p[0], 0, p[0] - (box[0] + box[2]));
  const dy = Math.max(box[1] - p[1], 0, p[1] - (box[1] + box[3]));
  return Math.hypot(dx, dy);
}

/** The box grown by `by` px on every side. */
export function growBox(box: Box, by: number): Box {
  return [box[0] - by, box[1] - by, box[2] + 2 * by, box[3] + 2 * by];
}

export function boxCenter(box: Box): Point {
  return [box[0] + box[2] / 2, box[1] + box[3] / 2];
}

/**
 * Where the ray from `p` along unit vector `u` first lies in the box: its parameter in px, 0 when `p` is inside,
 * Infinity when it misses (slab test).
 */
export function rayToBox(p: Point, u: Point, box: Box): number {
  let near = 0;
  let far = Number.POSITIVE_INFINITY;
  for (let axis = 0; axis < 2; axis++) {
    const origin = p[axis]!;
    const direction = u[axis]!;
    const low = box[axis]!;
    const high = low + box[axis + 2]!;
    if (Math.abs(direction) < 1e-9) {
      if (origin < low || origin > high) return Number.POSITIVE_INFINITY;
      continue;
    }
    const a = (low - origin) / direction;
    const b = (high - origin) / direction;
    near = Math.max(near, Math.min(a, b));
    far = Math.min(far, Math.max(a, b));
  }
  return near <= far ? near : Number.POSITIVE_INFINITY;
}
