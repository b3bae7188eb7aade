import { checkImage, type Mask } from "../geometry/types.ts";

const FAR = 1e20;

/**
 * Exact Euclidean distance of every pixel to the nearest background pixel, px; 0 on background.
 * Source: Felzenszwalb & Huttenlocher, "Distance transforms of sampled functions", 2012 (lower envelope of parabolas).
 */
export function distanceTransform(mask: Mask): Float32Array {
  checkImage(mask, "mask");
  const { width, height, data } = mask;
  const out = new Float32Array(width * height);
  for (let i = 0; i < out.length; i++) out[i] = data[i] ? FAR : 0;
  const longest = Math.max(width, height);
  const line = new Float64Array(longest);
  const site = new Int32Array(longest);
  const bound = new Float64Array(longest + 1);
  for (let x = 0; x < width; x++) envelope(out, x, width, height, line, site, bound);
  for (let y = 0; y < height; y++) envelope(out, y * width, 1, width, line, site, bound);
  for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(out[i]!);
  return out;
}

/** One pass along a row or column: `line[q] = min over p of (q − p)² + line[p]`. */
function envelope(
  grid: Float32Array,
  start: number,
  stride: number,
  length: number,
  line: Float64Array,
  site: Int32Array,
  bound: Float64Array,
): void {
  for (let q = 0; q < length; q++) line[q] = grid[start + q * stride]!;
  let k = 0;
  site[0] = 0;
  bound[0] = -FAR;
  bound[1] = FAR;
  for (let q = 1; q < length; q++) {
    let cut: number;
    do {
      const p = site[k]!;
      cut = (line[q]! + q * q - line[p]! - p * p) / (2 * (q - p));
    } while (cut <= bound[k]! && --k >= 0);
    k++;
    site[k] = q;
    bound[k] = cut;
    bound[k + 1] = FAR;
  }
  k = 0;
  for (let q = 0; q < length; q++) {
    while (bound[k + 1]! < q) k++;
    const p = site[k]!;
    grid[start + q * stride] = (q - p) * (q - p) + line[p]!;
  }
}
