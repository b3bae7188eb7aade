import { wordsOf } from "../geometry/next-non-zero.ts";
import { checkImage, type Mask, type Raster } from "../geometry/types.ts";
import { otsuThreshold } from "./otsu-threshold.ts";

/** Four white pixels, read as one number. */
const WHITE = -1;

export interface BinariseOptions {
  /** One level for the sheet, or one per neighbourhood (uneven light). @default "otsu" */
  method?: "otsu" | "adaptive";
  /** Adaptive: side of the neighbourhood, px. @default 41 */
  windowPx?: number;
  /** Adaptive: a pixel is ink when darker than the neighbourhood's mean by this share. @default 0.12 */
  margin?: number;
}

/**
 * Splits a grey sheet into ink (1) and ground (0); ink is dark. The adaptive method compares each pixel with the mean of
 * its neighbourhood from running sums. Source: Bradley & Roth, "Adaptive thresholding using the integral image", 2007.
 */
export function binarise(raster: Raster, options: BinariseOptions = {}): Mask {
  checkImage(raster, "raster");
  const { width, height, data } = raster;
  const out = new Uint8Array(width * height);
  if ((options.method ?? "otsu") === "otsu") {
    const level = otsuThreshold(raster);
    // Paper is white almost everywhere, and the mask empty already.
    const words = level < 255 ? wordsOf(data) : new Int32Array(0);
    for (let w = 0, i = 0; w < words.length; w++, i += 4)
      if (words[w] !== WHITE) for (let k = i; k < i + 4; k++) out[k] = data[k]! <= level ? 1 : 0;
    for (let i = words.length << 2; i < data.length; i++) out[i] = data[i]! <= level ? 1 : 0;
    return { width, height, data: out };
  }
  const radius = Math.max(1, (options.windowPx ?? 41) >> 1);
  const keep = 1 - (options.margin ?? 0.12);
  const columnSums = new Float64Array(width);
  for (let y = -radius; y < height + radius; y++) {
    // Column sums cover rows [row − radius, row + radius]; the row under decision lies `radius` behind the newest one.
    if (y >= 0 && y < height) for (let x = 0; x < width; x++) columnSums[x]! += data[y * width + x]!;
    const gone = y - 2 * radius - 1;
    if (gone >= 0) for (let x = 0; x < width; x++) columnSums[x]! -= data[gone * width + x]!;
    const row = y - radius;
    if (row < 0 || row >= height) continue;
    const rows = Math.min(height - 1, row + radius) - Math.max(0, row - radius) + 1;
    let sum = 0;
    for (let x = 0; x < Math.min(radius, width); x++) sum += columnSums[x]!;
    for (let x = 0; x < width; x++) {
      if (x + radius < width) sum += columnSums[x + radius]!;
      if (x - radius - 1 >= 0) sum -= columnSums[x - radius - 1]!;
      const columns = Math.min(width - 1, x + radius) - Math.max(0, x - radius) + 1;
      out[row * width + x] = data[row * width + x]! < (keep * sum) / (rows * columns) ? 1 : 0;
    }
  }
  return { width, height, data: out };
}
