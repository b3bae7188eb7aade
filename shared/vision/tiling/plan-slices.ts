/** A window of the sheet, sheet pixels, always inside the sheet (or equal to it where the sheet is smaller). */
export interface Slice {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface SliceOptions {
  sliceWidthPx: number;
  /** @default sliceWidthPx */
  sliceHeightPx?: number;
  /** Share of a slice covered again by its neighbour, 0 up to below 1. @default 0.2 */
  overlapRatio?: number;
}

/**
 * Cuts a sheet into overlapping slices as SAHI does: constant step, the last slice of a row or column shifted back
 * inside the sheet, so every slice has full size whenever the sheet allows it.
 * Source: Akyon et al., "Slicing Aided Hyper Inference", ICIP 2022.
 */
export function planSlices(widthPx: number, heightPx: number, options: SliceOptions): Slice[] {
  const sliceWidth = options.sliceWidthPx;
  const sliceHeight = options.sliceHeightPx ?? sliceWidth;
  const overlap = options.overlapRatio ?? 0.2;
  if (!(overlap >= 0 && overlap < 1))
    throw new RangeError(`overlapRatio is ${overlap}; it must be in [0, 1)`);
  const slices: Slice[] = [];
  for (const y of starts(heightPx, sliceHeight, Math.floor(sliceHeight * overlap)))
    for (const x of starts(widthPx, sliceWidth, Math.floor(sliceWidth * overlap)))
      slices.push({ x, y, width: Math.min(sliceWidth, widthPx), height: Math.min(sliceHeight, heightPx) });
  return slices;
}

/** Start positions along one axis; the last window ends exactly at the edge. */
export function starts(lengthPx: number, windowPx: number, overlapPx: number): number[] {
  if (!(windowPx > 0) || overlapPx >= windowPx)
    throw new RangeError(`window ${windowPx} px with overlap ${overlapPx} px never advances`);
  if (lengthPx <= 0) return [];
  if (lengthPx <= windowPx) return [0];
  const positions: number[] = [];
  for (let at = 0; at + windowPx < lengthPx; at += windowPx - overlapPx) positions.push(at);
  positions.push(lengthPx - windowPx);
  return positions;
}
