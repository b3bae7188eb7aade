import { type Clearance, isClear, take } from "../clearance.ts";
import type { Random } from "../random.ts";
import type { Mark, Plan, Point } from "../types.ts";

/** The drawing area of a sheet in px: x0, y0, x1, y1. */
export function drawingArea({ grid }: Plan): [number, number, number, number] {
  const [x, y] = grid.origin;
  return [x, y, x + (grid.columns - 1) * grid.cell, y + (grid.rows - 1) * grid.cell];
}

/** Takes a white place of the given size for something new; undefined when ten tries found none. */
export function findRoom(
  plan: Plan,
  map: Clearance,
  random: Random,
  w: number,
  h: number,
): Point | undefined {
  const [x0, y0, x1, y1] = drawingArea(plan);
  if (x1 - x0 <= w || y1 - y0 <= h) return undefined;
  for (let i = 0; i < 10; i++) {
    const [x, y] = [random.real(x0, x1 - w), random.real(y0, y1 - h)];
    if (!isClear(map, x - 6, y - 6, x + w + 6, y + h + 6)) continue;
    take(map, x, y, x + w, y + h);
    return [Math.round(x), Math.round(y)];
  }
  return undefined;
}

/** Adds a stroke. */
export function stroke(plan: Plan, points: Point[], widthPx: number, more: Partial<Mark> = {}): void {
  plan.marks.push({ points, widthPx, ...more });
}

/** Four corners of a box. */
export const corners = (x0: number, y0: number, x1: number, y1: number): Point[] => [
  [x0, y0],
  [x1, y0],
  [x1, y1],
  [x0, y1],
];

/** A slim filled arrow head with its tip at a point, pointing along (ux, uy). */
export function head(plan: Plan, [x, y]: Point, ux: number, uy: number, size: number): void {
  const [bx, by] = [x - ux * size, y - uy * size];
  const half = size * 0.16;
  const points: Point[] = [
    [x, y],
    [bx - uy * half, by + ux * half],
    [bx + uy * half, by - ux * half],
  ];
  stroke(plan, points, 1, { closed: true, fill: true });
}
