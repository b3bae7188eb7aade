import type { Box, Mask, Point } from "../geometry/types.ts";

/** A head has so many slices from end to end. */
const SLICES = 8;
/** One half is clearly the wider one, by this factor. */
const WIDER = 1.25;
/** Slices that differ by less, px, are alike. */
const ALIKE_PX = 0.75;
/** So many more steps narrow than widen. */
const MOSTLY = 3;

/**
 * Which way an arrow head points along an axis, read from its ink: the head is widest at its base and narrows to the tip, for filled
 * and open heads alike. Of a double head both halves are alike; it narrows step by step and widens at once. Returns 1 (along
 * `axis`), −1 (against it), or 0 when the ink does not tell.
 * @param symbols boxes whose ink is not the head's: the wall it points at is wider than any base
 */
export function arrowDirection(ink: Mask, box: Box, axis: Point, symbols: readonly Box[] = []): -1 | 0 | 1 {
  const { width, height, data } = ink;
  const [cx, cy] = [box[0] + box[2] / 2, box[1] + box[3] / 2];
  const half = (Math.abs(axis[0]) * box[2] + Math.abs(axis[1]) * box[3]) / 2;
  const low = new Float64Array(SLICES).fill(Number.POSITIVE_INFINITY);
  const high = new Float64Array(SLICES).fill(Number.NEGATIVE_INFINITY);
  for (let y = Math.max(0, Math.floor(box[1])); y < Math.min(height, Math.ceil(box[1] + box[3])); y++)
    for (let x = Math.max(0, Math.floor(box[0])); x < Math.min(width, Math.ceil(box[0] + box[2])); x++) {
      if (!data[y * width + x] || symbols.some((symbol) => holds(symbol, x, y))) continue;
      const [dx, dy] = [x + 0.5 - cx, y + 0.5 - cy];
      const along = dx * axis[0] + dy * axis[1];
      const across = dx * axis[1] - dy * axis[0];
      const bin = Math.floor(((along + half) / (2 * half)) * SLICES);
      if (bin < 0 || bin >= SLICES) continue;
      low[bin] = Math.min(low[bin]!, across);
      high[bin] = Math.max(high[bin]!, across);
    }
  const spread = Array.from(low, (least, bin) => Math.max(0, high[bin]! - least) || 0);
  const sum = (part: number[]) => part.reduce((total, value) => total + value, 0);
  const [back, front] = [sum(spread.slice(0, SLICES / 2)), sum(spread.slice(SLICES / 2))];
  if (Math.max(back, front) >= WIDER * Math.min(back, front)) return back > front ? 1 : -1;
  const steps = spread.slice(1).map((value, bin) => value - spread[bin]!);
  const narrowing = steps.filter((step) => step < -ALIKE_PX).length;
  const widening = steps.filter((step) => step > ALIKE_PX).length;
  if (Math.abs(narrowing - widening) < MOSTLY) return 0;
  return narrowing > widening ? 1 : -1;
}

function holds([left, top, width, height]: Box, x: number, y: number): boolean {
  return x >= left && y >= top && x < left + width && y < top + height;
}
