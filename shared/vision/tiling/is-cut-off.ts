import type { Box } from "../geometry/types.ts";
import type { Slice } from "./plan-slices.ts";

/**
 * True when a claim is a piece of something a neighbouring slice sees whole: it touches a border of its slice that is no
 * border of the sheet, and reaches less far into the slice than the slices overlap. Half a valve looks like another symbol.
 * @param overlapPx how much neighbouring slices have in common, px
 */
export function isCutOff(
  [x, y, width, height]: Box,
  slice: Slice,
  sheet: { width: number; height: number },
  overlapPx: number,
): boolean {
  // Detectors end a cut symbol's box a little before the border.
  const rim = Math.max(1, 0.004 * slice.width);
  const cut = (from: number, to: number, start: number, end: number, limit: number) =>
    (start > 0 && from - start < rim && to - start < overlapPx - rim) ||
    (end < limit && end - to < rim && end - from < overlapPx - rim);
  return (
    cut(x, x + width, slice.x, slice.x + slice.width, sheet.width) ||
    cut(y, y + height, slice.y, slice.y + slice.height, sheet.height)
  );
}
