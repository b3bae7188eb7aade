import type { Mask, Raster } from "#shared/vision";

/**
 * How sure the unsurest part of a mask is: the 5th percentile of its pixels' probabilities, 0..1. The very lowest is always
 * a rim pixel and says nothing. 0 for an empty mask: somebody should look.
 */
export function certaintyOf(mask: Mask, confidence: Raster): number {
  const counts = new Float64Array(256);
  let total = 0;
  for (let i = 0; i < mask.data.length; i++)
    if (mask.data[i]) {
      counts[confidence.data[i]!]!++;
      total++;
    }
  if (total === 0) return 0;
  let level = 0;
  for (let seen = counts[0]!; seen < total * 0.05; seen += counts[level]!) level++;
  return level / 255;
}
