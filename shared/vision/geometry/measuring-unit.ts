/** Lines thinner than this are drawn no closer to each other: distances stop shrinking with the width here, px. */
const THINNEST = 3;

/**
 * The unit that distances on a sheet are measured in: the typical line width, but no less than a few pixels. Hairlines of one
 * or two pixels come on sheets whose gaps, arcs and symbols are as large as on any other.
 */
export function measuringUnit(lineWidthPx: number): number {
  return Math.max(lineWidthPx, THINNEST);
}
