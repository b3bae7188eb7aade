import { checkImage, type Mask } from "../geometry/types.ts";

/** Strokes wider than this are fills, not lines, px. */
const WIDEST = 64;
/** Rows and columns looked at: one in this many, enough for a histogram. */
const STEP = 4;

/**
 * Typical stroke width of a mask of lines, px, from run lengths: a vertical line cuts rows in runs of exactly its
 * width, a horizontal one cuts columns; the most frequent short run over both is the width, refined to a fraction by
 * its neighbours in the histogram. 0 for an empty mask.
 */
export function estimateLineWidth(mask: Mask): number {
  checkImage(mask, "mask");
  const { width, height, data } = mask;
  const histogram = new Float64Array(WIDEST + 2);
  for (let y = 0; y < height; y += STEP) {
    let run = 0;
    for (let i = y * width; i < (y + 1) * width; i++)
      if (data[i]) run++;
      else if (run) {
        if (run <= WIDEST) histogram[run]!++;
        run = 0;
      }
    if (run && run <= WIDEST) histogram[run]!++;
  }
  // Columns in row order, one counter per column: walking down single columns would miss the cache on every step.
  const columns = Math.ceil(width / STEP);
  const runs = new Uint16Array(columns);
  for (let y = 0; y <= height; y++)
    for (let c = 0, i = y * width; c < columns; c++, i += STEP)
      if (y < height && data[i]) {
        if (runs[c]! < 65_535) runs[c]!++;
      } else if (runs[c]) {
        if (runs[c]! <= WIDEST) histogram[runs[c]!]!++;
        runs[c] = 0;
      }
  let mode = 0;
  let best = 0;
  for (let r = 1; r <= WIDEST; r++) {
    const votes = histogram[r - 1]! * 0.5 + histogram[r]! + histogram[r + 1]! * 0.5;
    if (votes > best) {
      best = votes;
      mode = r;
    }
  }
  if (mode === 0) return 0;
  const around = [histogram[mode - 1]!, histogram[mode]!, histogram[mode + 1]!] as const;
  return mode + (around[2] - around[0]) / (around[0] + around[1] + around[2]);
}
