import { squaredDistance } from "./k-means.ts";

/**
 * How well points lie in their groups, -1..1: distance to the own group against that to the nearest other one (Rousseeuw 1987).
 * Quadratic in the number of points.
 */
export function silhouette(points: readonly Float32Array[], groups: ArrayLike<number>): number {
  const count = Math.max(...Array.from(groups)) + 1;
  const sizes = new Int32Array(count);
  for (let i = 0; i < points.length; i++) sizes[groups[i]!]!++;
  let total = 0;
  points.forEach((point, i) => {
    const own = groups[i]!;
    if (sizes[own] === 1) return;
    const sums = new Float64Array(count);
    points.forEach((other, k) => {
      sums[groups[k]!]! += Math.sqrt(squaredDistance(point, other));
    });
    const inside = sums[own]! / (sizes[own]! - 1);
    let outside = Number.POSITIVE_INFINITY;
    for (let g = 0; g < count; g++)
      if (g !== own && sizes[g]) outside = Math.min(outside, sums[g]! / sizes[g]!);
    if (Number.isFinite(outside)) total += (outside - inside) / Math.max(outside, inside, 1e-9);
  });
  return total / points.length;
}
