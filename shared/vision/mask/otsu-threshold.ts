import type { Raster } from "../geometry/types.ts";
import { countLevels } from "./count-levels.ts";

/**
 * Grey level that best splits an image into dark and light: the largest level that still counts as dark.
 * Source: Otsu, "A threshold selection method from gray-level histograms", 1979.
 */
export function otsuThreshold(raster: Raster): number {
  const histogram = new Uint32Array(256);
  const { data } = raster;
  countLevels(data, 0, data.length, histogram);
  let total = 0;
  for (let level = 0; level < 256; level++) total += level * histogram[level]!;
  let dark = 0;
  let darkSum = 0;
  let best = -1;
  let threshold = 127;
  for (let level = 0; level < 256; level++) {
    dark += histogram[level]!;
    darkSum += level * histogram[level]!;
    const light = data.length - dark;
    if (dark === 0 || light === 0) continue;
    const difference = darkSum / dark - (total - darkSum) / light;
    const between = dark * light * difference * difference;
    if (between > best) {
      best = between;
      threshold = level;
    }
  }
  return threshold;
}
