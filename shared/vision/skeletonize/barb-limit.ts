import { createBoxGrid } from "../geometry/box-grid.ts";
import { distanceToBox, growBox } from "../geometry/boxes.ts";
import type { Box, Point } from "../geometry/types.ts";
import type { Branch } from "../trace/trace-skeleton.ts";

/** A slanted stroke with a free end, up to this many line widths long, is half of an open arrow head. */
const BARB = 7;
/** Lines run along rows and columns; a stroke whose lesser side is this share of its greater one is slanted (17°). */
const SLANT = 0.3;

/**
 * How long a spur may be to be pruned: `shortPx`, and longer where it runs at a slant, as the barbs of open arrow heads
 * (`>`) do that nobody found. A vent or a drain drawn as a bare stub leaves its line at a right angle and stays.
 */
export function barbLimit(shortPx: number, unitPx: number): (branch: Branch) => number {
  return (branch) => (isSlanted(branch) ? Math.max(shortPx, BARB * unitPx) : shortPx);
}

/** How long a spur may be to be pruned as a barb of an arrow head that somebody found: 0 where it lies in none. */
export function barbsInside(arrows: readonly Box[], unitPx: number): (branch: Branch) => number {
  const heads = arrows.map((arrow) => growBox(arrow, unitPx));
  const grid = createBoxGrid(heads);
  return (branch) => {
    if (!isSlanted(branch)) return 0;
    const { points } = branch;
    const from: Point = [points[0]!, points[1]!];
    const to: Point = [points.at(-2)!, points.at(-1)!];
    const inside = grid
      .near([...from, 0, 0])
      .some((head) => distanceToBox(from, heads[head]!) === 0 && distanceToBox(to, heads[head]!) === 0);
    return inside ? BARB * unitPx : 0;
  };
}

function isSlanted({ points }: Branch): boolean {
  const across = Math.abs(points.at(-2)! - points[0]!);
  const down = Math.abs(points.at(-1)! - points[1]!);
  return Math.min(across, down) > SLANT * Math.max(across, down);
}
