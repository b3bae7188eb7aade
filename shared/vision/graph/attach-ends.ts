import { createBoxGrid } from "../geometry/box-grid.ts";
import { distanceToBox, rayToBox } from "../geometry/boxes.ts";
import type { Box, Point } from "../geometry/types.ts";

export interface AttachOptions {
  lineWidthPx: number;
  /** Reach ahead of a line's end, in line widths. */
  reachWidths: number;
}

/**
 * Finds the symbol a line's end belongs to: the box whose border is nearest, ahead of the end or around it, so that an
 * instrument drawn inside a vessel wins over the vessel. Returns its index, or −1.
 */
export function createAttacher(
  boxes: readonly Box[],
  options: AttachOptions,
): (end: Point, outward: Point) => number {
  const grid = createBoxGrid(boxes);
  const { lineWidthPx } = options;
  const reach = options.reachWidths * lineWidthPx + 2;
  const costOf = (end: Point, outward: Point, box: Box, aside: number): number => {
    // Deep inside a large box the line more likely belongs to something drawn there.
    if (aside === 0) return Math.min(depth(end, box), 0.9 * reach);
    const ahead = rayToBox(end, outward, box);
    if (ahead <= reach) return ahead;
    // Beside the box but not pointing at it: only a touch counts, a passing neighbour does not.
    return aside <= 0.8 * lineWidthPx + 1 ? aside + lineWidthPx : Number.POSITIVE_INFINITY;
  };
  return (end, outward) => {
    let best = -1;
    let bestCost = Number.POSITIVE_INFINITY;
    for (const index of grid.near([end[0] - reach, end[1] - reach, 2 * reach, 2 * reach])) {
      const box = boxes[index]!;
      const aside = distanceToBox(end, box);
      if (aside > reach) continue;
      const cost = costOf(end, outward, box, aside) + box[2] * box[3] * 1e-7;
      if (cost < bestCost) {
        bestCost = cost;
        best = index;
      }
    }
    return best;
  };
}

/** Distance from a point inside a box to its border, px. */
function depth([x, y]: Point, box: Box): number {
  return Math.min(x - box[0], box[0] + box[2] - x, y - box[1], box[1] + box[3] - y);
}
