import type { Box, Mask } from "#shared/vision";

/** A line that bends a little lies in a band of so many rows. */
const BAND_PX = 3;
/** A band with ink beside this share of a side is an outline: a straight wall has all of it, a vessel's head a quarter at its top. */
const OUTLINE = 0.2;

/**
 * Moves the sides of a large symbol's box to the outline that is drawn near them. In an overview a pixel is several of the
 * sheet, and a box that ends inside the wall leaves the wall to be read as a pipe around the symbol.
 * @param ink the sheet's ink
 * @param box sheet px; a side without an outline nearby stays where it is
 * @param reachPx how far off a side may be
 */
export function fitOutline(ink: Mask, [x, y, width, height]: Box, reachPx: number): Box {
  const columns = { first: 1, next: ink.width, count: ink.width, along: [y, y + height], limit: ink.height };
  const rows = { first: ink.width, next: 1, count: ink.height, along: [x, x + width], limit: ink.width };
  const span = Math.ceil(reachPx);
  const left = sideNear(ink, columns, x, -1, span);
  const right = sideNear(ink, columns, x + width, 1, span);
  const top = sideNear(ink, rows, y, -1, span);
  const bottom = sideNear(ink, rows, y + height, 1, span);
  return [left, top, right - left, bottom - top];
}

/** How to walk over lines of pixels: steps in memory from line to line and along one, and which part of a line matters. */
interface Lines {
  first: number;
  next: number;
  /** How many lines there are. */
  count: number;
  along: number[];
  /** How long a line is. */
  limit: number;
}

/**
 * The outer border of the outermost line near a side, or the side as it was.
 * @param outward -1 for a left or upper side, 1 for a right or lower one
 */
function sideNear(ink: Mask, lines: Lines, side: number, outward: -1 | 1, span: number): number {
  const from = Math.max(0, Math.round(lines.along[0]!));
  const to = Math.min(lines.limit, Math.round(lines.along[1]!));
  const hasInk = (line: number, at: number) =>
    line >= 0 && line < lines.count && ink.data[line * lines.first + at * lines.next] === 1;
  // A side is a border between pixels; the line inside it comes before it or after it.
  const start = Math.round(side) - (outward > 0 ? 1 : 0);
  const shares: number[] = [];
  for (let offset = -span; offset <= span + BAND_PX - 1; offset++) {
    let inked = 0;
    for (let at = from; at < to; at++)
      for (let row = 0; row < BAND_PX; row++)
        if (hasInk(start + outward * (offset - row), at)) {
          inked++;
          break;
        }
    shares.push(inked / Math.max(1, to - from));
  }
  const best = Math.max(...shares);
  if (best < OUTLINE) return side;
  // The outermost band that still has the line has it in its last row.
  const offset =
    shares.findLastIndex((share) => share >= Math.max(OUTLINE, 0.5 * best)) - (BAND_PX - 1) - span;
  const line = start + outward * offset;
  return outward > 0 ? line + 1 : line;
}
