import type { Box } from "../geometry/types.ts";
import type { WorkingSkeleton } from "../skeletonize/working-skeleton.ts";

/** A box with both sides above this many line widths is equipment: lines inside it may be real. */
const LARGE = 45;
/** The middle of a box, as a share of its sides: a line seen there runs into the symbol, not past its corner. */
const CORE = 0.25;

/**
 * Clears the skeleton inside symbols that a line runs through: an inline symbol parts its line whether or not the mask
 * knew. A line that only grazes a corner of a box stays whole.
 */
export function cutSymbols(skeleton: WorkingSkeleton, boxes: readonly Box[], lineWidthPx: number): void {
  for (const box of boxes) {
    if (Math.min(box[2], box[3]) > LARGE * lineWidthPx) continue;
    const marginX = CORE * box[2];
    const marginY = CORE * box[3];
    const core: Box = [box[0] + marginX, box[1] + marginY, box[2] - 2 * marginX, box[3] - 2 * marginY];
    if (visit(skeleton, core, false)) visit(skeleton, box, true);
  }
  skeleton.settle();
}

/** Whether the box holds skeleton pixels; clears them when asked. */
function visit(skeleton: WorkingSkeleton, box: Box, clear: boolean): boolean {
  const { data, stride, width, height } = skeleton.field;
  const x0 = Math.max(0, Math.round(box[0]));
  const x1 = Math.min(width, Math.max(Math.round(box[0]) + 1, Math.round(box[0] + box[2])));
  const y0 = Math.max(0, Math.round(box[1]));
  const y1 = Math.min(height, Math.max(Math.round(box[1]) + 1, Math.round(box[1] + box[3])));
  let found = false;
  for (let y = y0; y < y1; y++)
    for (let x = x0; x < x1; x++) {
      if (!data[(y + 1) * stride + x + 1]) continue;
      found = true;
      if (clear) skeleton.erase(x, y);
    }
  return found;
}
