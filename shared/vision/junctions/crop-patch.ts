import type { Point, Raster } from "../geometry/types.ts";

/**
 * Cuts a square patch around a place out of the sheet and scales it to a network's input: grey 0..1, bilinear, white
 * beyond the sheet. Values go to `target` from `offset` on, so a batch is filled without copying.
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
  const { width, height, data } = sheet;
  const step = sidePx / outPx;
  const value = (x: number, y: number) =>
    x < 0 || y < 0 || x >= width || y >= height ? 255 : data[y * width + x]!;
  for (let j = 0; j < outPx; j++) {
    const y = at[1] + (j + 0.5 - outPx / 2) * step;
    const y0 = Math.floor(y);
    const fy = y - y0;
    for (let i = 0; i < outPx; i++) {
      const x = at[0] + (i + 0.5 - outPx / 2) * step;
      const x0 = Math.floor(x);
      const fx = x - x0;
      const top = value(x0, y0) * (1 - fx) + value(x0 + 1, y0) * fx;
      const bottom = value(x0, y0 + 1) * (1 - fx) + value(x0 + 1, y0 + 1) * fx;
      target[offset + j * outPx + i] = (top * (1 - fy) + bottom * fy) / 255;
    }
  }
  return target;
}
