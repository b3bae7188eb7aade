import type { Padded } from "../geometry/padded.ts";
import type { Box } from "../geometry/types.ts";

/** A box with both sides above this many line widths is equipment: lines inside it may be real. */
const LARGE = 45;
/** The middle of a box, as a share of its sides: a line seen there runs into the symbol, not past its corner. */
const CORE = 0.25;

/**
 * Clears the skeleton inside symbols that a line runs through: an inline symbol parts its line whether or not the mask
 * knew. A line that only grazes a corner of a box stays whole.
 */
export function cutSymbols(field: Padded, boxes: readonly Box[], lineWidthPx: number): void {
  for (const box of boxes) {
    if (Math.min(box[2], box[3]) > LARGE * lineWidthPx) continue;
    const marginX = CORE * box[2];
    const marginY = CORE * box[3];
    const core: Box = [box[0] + marginX, box[1] + marginY, box[2] - 2 * marginX, box[3] - 2 * marginY];
    if (visit(field, core, false)) visit(field, box, true);
  }
}

/** Whether the box holds skeleton pixels; clears them when asked. */
function visit(field: Padded, box: Box, clear: boolean): boolean {
  const { data, stride, width, height } = field;
  const x0 = Math.max(0, Math.round(box[0]));
  const x1 = Math.min(width, Math.max(Math.round(box[0]) + 1, Math.round(box[0] + box[2])));
  let found = false;
  for (
    let y = Math.max(0, Math.round(box[1]));
    y < Math.min(height, Math.max(Math.round(box[1]) + 1, Math.round(box[1] + box[3])));
    y++
  )
    for (let at = (y + 1) * stride + x0 + 1; at < (y + 1) * stride + x1 + 1; at++) {
      if (!data[at]) continue;
      found = true;
      if (clear) data[at] = 0;
    }
  return found;
}
