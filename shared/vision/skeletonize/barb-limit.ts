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
  return ({ points }) => {
    const across = Math.abs(points[points.length - 2]! - points[0]!);
    const down = Math.abs(points[points.length - 1]! - points[1]!);
    const slanted = Math.min(across, down) > SLANT * Math.max(across, down);
    return slanted ? Math.max(shortPx, BARB * unitPx) : shortPx;
  };
}
