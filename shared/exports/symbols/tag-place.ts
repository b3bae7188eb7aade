import type { Box, Point } from "#shared/messages";
import type { Touch } from "./attachments.ts";
import { LETTER_EM } from "./primitive.ts";

/**
 * Where the middle of a symbol's tag goes: centred below the box, or, when a line leaves through the bottom, to the
 * right of that line.
 *
 * @param sizePx em of the font
 */
export function tagPlace(
  tag: string,
  [x, y, width, height]: Box,
  touched: readonly Touch[],
  sizePx: number,
): Point {
  const bottom = y + height;
  const below = bottom + sizePx * 0.8;
  const through = touched.filter(
    ([tx, ty]) => Math.abs(ty - bottom) < sizePx / 2 && tx > x && tx < x + width,
  );
  if (through.length === 0) return [x + width / 2, below];
  const rightmost = Math.max(...through.map(([tx]) => tx));
  return [rightmost + sizePx * 0.4 + (tag.length * LETTER_EM * sizePx) / 2, below];
}
