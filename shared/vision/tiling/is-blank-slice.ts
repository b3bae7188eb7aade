import type { Raster } from "../geometry/types.ts";
import { countLevels } from "../mask/count-levels.ts";
import type { Slice } from "./plan-slices.ts";

export interface BlankOptions {
  /** How much darker than the slice's ground a pixel must be to count as ink, grey levels. @default 24 */
  contrast?: number;
  /** Fewer ink pixels than this is blank. @default 12 */
  minInkPx?: number;
}

/**
 * Tells whether a slice holds no ink worth a model's time. The ground is the slice's own most frequent grey value, so
 * yellowed or grey sheets work; ink may be lighter than the ground (inverted sheets).
 */
export function isBlankSlice(sheet: Raster, slice: Slice, options: BlankOptions = {}): boolean {
  const contrast = options.contrast ?? 24;
  const minInk = options.minInkPx ?? 12;
  const histogram = new Uint32Array(256);
  const { data, width } = sheet;
  for (let y = slice.y; y < slice.y + slice.height; y++) {
    const from = y * width + slice.x;
    countLevels(data, from, from + slice.width, histogram);
  }
  let ground = 0;
  for (let level = 1; level < 256; level++) if (histogram[level]! > histogram[ground]!) ground = level;
  let ink = 0;
  for (let level = 0; level < 256; level++)
    if (Math.abs(level - ground) >= contrast) ink += histogram[level]!;
  return ink < minInk;
}
