import type { Padded } from "../geometry/padded.ts";

/**
 * Fills background specks enclosed by ink, up to `largestPx` pixels (4-connected): noise inside a stroke, or the triangles
 * between strokes that almost coincide, would each thin to a ring. Returns how many were filled.
 */
export function fillPinholes(field: Padded, pixels: Int32Array, largestPx: number): number {
  const { data, stride } = field;
  const hole: number[] = [];
  let filled = 0;
  for (let k = 0; k < pixels.length; k++) {
    // The first pixel of a hole in raster order has ink to its left and above.
    const start = pixels[k]! + 1;
    if (data[start] || !data[start - stride]) continue;
    hole.length = 0;
    hole.push(start);
    data[start] = 1;
    for (let h = 0; h < hole.length && hole.length <= largestPx; h++)
      for (const step of [1, stride, -1, -stride]) {
        const near = hole[h]! + step;
        if (near < 0 || near >= data.length || data[near]) continue;
        data[near] = 1;
        hole.push(near);
      }
    if (hole.length <= largestPx) filled++;
    else for (const at of hole) data[at] = 0;
  }
  return filled;
}
