import type { Box, Mask, Raster } from "#shared/vision";

/** Most pixels looked at in one box: larger ones are sampled. */
const SAMPLES = 4096;

/** How much of a box is ink, and how much darker its ink is than its ground, 0..1. */
export function inkShare(ink: Mask, grey: Raster, [x, y, w, h]: Box): { share: number; contrast: number } {
  const left = Math.max(0, Math.floor(x));
  const top = Math.max(0, Math.floor(y));
  const right = Math.min(ink.width, Math.ceil(x + w));
  const bottom = Math.min(ink.height, Math.ceil(y + h));
  const step = Math.max(1, Math.ceil(Math.sqrt(((right - left) * (bottom - top)) / SAMPLES)));
  let [all, dark, darkSum, lightSum] = [0, 0, 0, 0];
  for (let py = top; py < bottom; py += step)
    for (let px = left; px < right; px += step) {
      const i = py * ink.width + px;
      all++;
      if (ink.data[i]) {
        dark++;
        darkSum += grey.data[i]!;
      } else lightSum += grey.data[i]!;
    }
  if (all === 0) return { share: 0, contrast: 0 };
  const contrast = dark && all > dark ? (lightSum / (all - dark) - darkSum / dark) / 255 : 0;
  return { share: dark / all, contrast };
}
