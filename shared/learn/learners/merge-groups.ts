import { type Grouping, kMeans, nearestCentre, squaredDistance } from "./k-means.ts";

/** Groups k-means starts from: more than there are families, so that none is left without a centre. */
const FINE = 48;

/** Points in fine groups, and how far apart these lie: families of any granularity are made of it by merging. */
export interface FineGroups {
  points: readonly Float32Array[];
  fine: Grouping;
}

/** Best of some starts of k-means with many groups. */
export function fineGroups(points: readonly Float32Array[], seeds: readonly number[]): FineGroups {
  const k = Math.max(1, Math.min(FINE, Math.floor(points.length / 3)));
  const tried = seeds.map((seed) => kMeans(points, k, seed));
  return { points, fine: tried.reduce((best, each) => (each.spread < best.spread ? each : best)) };
}

/**
 * Merges fine groups, the nearest centres first (weighted by size), until all lie farther apart than a distance.
 * @returns the centres that are left, and which each point belongs to
 */
export function mergeGroups({ points, fine }: FineGroups, apart: number): Omit<Grouping, "spread"> {
  const groups = fine.centres.map((centre, c) => ({
    centre: centre.slice(),
    size: fine.groups.filter((group) => group === c).length,
  }));
  let left = groups.filter(({ size }) => size > 0);
  for (;;) {
    let [a, b, least] = [-1, -1, apart * apart];
    for (let i = 0; i < left.length; i++)
      for (let k = i + 1; k < left.length; k++) {
        const distance = squaredDistance(left[i]!.centre, left[k]!.centre);
        if (distance < least) [a, b, least] = [i, k, distance];
      }
    if (a < 0) break;
    const [one, two] = [left[a]!, left[b]!];
    const size = one.size + two.size;
    const centre = one.centre.map((value, d) => (value * one.size + two.centre[d]! * two.size) / size);
    left = [...left.filter((group) => group !== one && group !== two), { centre, size }];
  }
  const centres = left.map(({ centre }) => centre);
  return { centres, groups: Int32Array.from(points, (point) => nearestCentre(centres, point).group) };
}
