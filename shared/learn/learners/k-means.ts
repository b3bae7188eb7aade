import { seeded } from "./random.ts";

/** Groups of points by their centres. */
export interface Grouping {
  centres: Float32Array[];
  /** Which centre each point belongs to. */
  groups: Int32Array;
  /** Σ of squared distances to the own centre. */
  spread: number;
}

/** Squared Euclidean distance. */
export function squaredDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k]! - b[k]!) ** 2;
  return sum;
}

/** k-means (Lloyd 1982) from a k-means++ start (Arthur and Vassilvitskii 2007); an empty group takes the farthest point. */
export function kMeans(points: readonly Float32Array[], k: number, seed: number, rounds = 40): Grouping {
  const random = seeded(seed);
  const centres = [points[Math.floor(random() * points.length)]!.slice()];
  const least = Float64Array.from(points, (point) => squaredDistance(point, centres[0]!));
  while (centres.length < Math.min(k, points.length)) {
    let left = random() * least.reduce((a, b) => a + b, 0);
    let pick = least.findIndex((distance) => {
      left -= distance;
      return left <= 0;
    });
    if (pick < 0) pick = points.length - 1;
    const centre = points[pick]!.slice();
    centres.push(centre);
    points.forEach((point, i) => {
      least[i] = Math.min(least[i]!, squaredDistance(point, centre));
    });
  }
  const groups = new Int32Array(points.length).fill(-1);
  let spread = 0;
  for (let round = 0; round < rounds; round++) {
    let moved = 0;
    spread = 0;
    points.forEach((point, i) => {
      const { group, distance } = nearestCentre(centres, point);
      if (groups[i] !== group) moved++;
      groups[i] = group;
      least[i] = distance;
      spread += distance;
    });
    if (moved === 0) break;
    const counts = new Int32Array(centres.length);
    const sums = centres.map((centre) => new Float64Array(centre.length));
    points.forEach((point, i) => {
      const sum = sums[groups[i]!]!;
      counts[groups[i]!]!++;
      for (let f = 0; f < point.length; f++) sum[f]! += point[f]!;
    });
    centres.forEach((centre, c) => {
      if (counts[c] === 0) {
        const far = least.indexOf(least.reduce((a, b) => Math.max(a, b), 0));
        centre.set(points[far]!);
        least[far] = 0;
      } else for (let f = 0; f < centre.length; f++) centre[f] = sums[c]![f]! / counts[c]!;
    });
  }
  return { centres, groups, spread };
}

/** The centre nearest to a point, and the squared distance to it. */
export function nearestCentre(
  centres: readonly Float32Array[],
  point: Float32Array,
): { group: number; distance: number } {
  let [group, distance] = [0, Number.POSITIVE_INFINITY];
  centres.forEach((centre, c) => {
    const d = squaredDistance(centre, point);
    if (d < distance) [group, distance] = [c, d];
  });
  return { group, distance };
}
