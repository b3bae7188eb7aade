import type { Point, Raster } from "../geometry/types.ts";

/**
 * Cuts a square patch around a place out of the sheet and scales it to a network's input, grey 0..1. Every patch pixel is the
 * mean of four bilinear samples, a quarter of a patch pixel off its middle each way; pixel (c, r) of the sheet has its
 * centre at (c, r); samples beyond the sheet take its rim. Exactly what training cuts (training/README.md, "The junction
 * patch"; reference training/penstock_training/patch.py).
 * Values go to `target` from `offset` on, so a batch is filled without copying.
 * @param sidePx side of the patch in sheet px @param outPx side of the input
 */
export function cropPatch(
  sheet: Raster,
  at: Point,
  sidePx: number,
  outPx = 48,
  target: Float32Array = new Float32Array(outPx * outPx),
  offset = 0,
): Float32Array {
  const columns = samples(at[0], sidePx / outPx, outPx, sheet.width);
  const rows = samples(at[1], sidePx / outPx, outPx, sheet.height);
  const { width, data } = sheet;
  target.fill(0, offset, offset + outPx * outPx);
  for (let r = 0; r < 2 * outPx; r++) {
    const low = rows.low[r]! * width;
    const high = rows.high[r]! * width;
    const down = rows.weight[r]!;
    const row = offset + (r >> 1) * outPx;
    for (let c = 0; c < 2 * outPx; c++) {
      const [x0, x1, across] = [columns.low[c]!, columns.high[c]!, columns.weight[c]!];
      const top = data[low + x0]! * (1 - across) + data[low + x1]! * across;
      const bottom = data[high + x0]! * (1 - across) + data[high + x1]! * across;
      target[row + (c >> 1)]! += (top * (1 - down) + bottom * down) / 1020;
    }
  }
  return target;
}

/** Two sample positions per patch pixel along one axis: the pixels they lie between, and the weight of the upper one. */
function samples(centre: number, step: number, count: number, extent: number) {
  const low = new Int32Array(2 * count);
  const high = new Int32Array(2 * count);
  const weight = new Float64Array(2 * count);
  for (let k = 0; k < 2 * count; k++) {
    const wanted = centre + ((k >> 1) - (count - 1) / 2 + (k & 1 ? 0.25 : -0.25)) * step;
    const position = Math.min(Math.max(wanted, 0), extent - 1);
    low[k] = Math.floor(position);
    high[k] = Math.min(low[k]! + 1, extent - 1);
    weight[k] = position - low[k]!;
  }
  return { low, high, weight };
}
