import { createBoxGrid } from "../geometry/box-grid.ts";
import { distanceToBox, rayToBox } from "../geometry/boxes.ts";
import type { Box, Point } from "../geometry/types.ts";

export interface AttachOptions {
  lineWidthPx: number;
  /** Reach ahead of a line's end, in line widths. */
  reachWidths: number;
}

/**
 * Finds the symbol a line's end belongs to: a box that holds the end, or the nearest one the line points at. Among boxes that hold it
 * the smallest wins (an instrument drawn inside a vessel). Returns its index, or −1.
 */
export function createAttacher(
  boxes: readonly Box[],
  options: AttachOptions,
): (end: Point, outward: Point) => number {
  const grid = createBoxGrid(boxes);
  const { lineWidthPx } = options;
  const reach = options.reachWidths * lineWidthPx + 2;
  return (end, outward) => {
    let best = -1;
    let bestCost = Number.POSITIVE_INFINITY;
    for (const index of grid.near([end[0] - reach, end[1] - reach, 2 * reach, 2 * reach])) {
      const box = boxes[index]!;
      const aside = distanceToBox(end, box);
      if (aside > reach) continue;
      const ahead = rayToBox(end, outward, box);
      // Beside the box but not pointing at it: only a touch counts, a passing neighbour does not.
      const distance =
        ahead <= reach
          ? ahead
          : aside <= 0.8 * lineWidthPx + 1
            ? aside + lineWidthPx
            : Number.POSITIVE_INFINITY;
      const cost = Math.max(distance, 0) + box[2] * box[3] * 1e-7;
      if (cost < bestCost) {
        bestCost = cost;
        best = index;
      }
    }
    return best;
  };
}
