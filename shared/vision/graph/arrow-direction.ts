import type { Box, Mask, Point } from "../geometry/types.ts";

/**
 * Which way an arrow head points along an axis, read from its ink: the head is widest at its base and narrows to the tip, for filled
 * and open heads alike. Returns 1 (along `axis`), −1 (against it), or 0 when the ink does not tell.
 */
export function arrowDirection(ink: Mask, box: Box, axis: Point): -1 | 0 | 1 {
  const { width, height, data } = ink;
  const [cx, cy] = [box[0] + box[2] / 2, box[1] + box[3] / 2];
  const half = (Math.abs(axis[0]) * box[2] + Math.abs(axis[1]) * box[3]) / 2;
  const bins = 8;
  const low = new Float64Array(bins).fill(Number.POSITIVE_INFINITY);
  const high = new Float64Array(bins).fill(Number.NEGATIVE_INFINITY);
  for (let y = Math.max(0, Math.floor(box[1])); y < Math.min(height, Math.ceil(box[1] + box[3])); y++)
    for (let x = Math.max(0, Math.floor(box[0])); x < Math.min(width, Math.ceil(box[0] + box[2])); x++) {
      if (!data[y * width + x]) continue;
      const [dx, dy] = [x + 0.5 - cx, y + 0.5 - cy];
      const along = dx * axis[0] + dy * axis[1];
      const across = dx * axis[1] - dy * axis[0];
      const bin = Math.floor(((along + half) / (2 * half)) * bins);
      if (bin < 0 || bin >= bins) continue;
      low[bin] = Math.min(low[bin]!, across);
      high[bin] = Math.max(high[bin]!, across);
    }
  const spread = (from: number, to: number) => {
    let sum = 0;
    for (let bin = from; bin < to; bin++) sum += Math.max(0, high[bin]! - low[bin]!) || 0;
    return sum;
  };
  const [back, front] = [spread(0, bins / 2), spread(bins / 2, bins)];
  if (Math.max(back, front) < 1.25 * Math.min(back, front)) return 0;
  return back > front ? 1 : -1;
}
