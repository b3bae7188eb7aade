import { createBoxGrid } from "../geometry/box-grid.ts";
import type { Box, Mask, Point } from "../geometry/types.ts";
import { classifyGeometric } from "../junctions/classify-geometric.ts";
import type { Cluster } from "../junctions/cluster-knots.ts";
import { describeCluster } from "../junctions/find-junctions.ts";
import { pairArms } from "../junctions/pair-arms.ts";
import type { Junction, JunctionKind } from "../junctions/types.ts";
import type { SkeletonTrace } from "../trace/trace-skeleton.ts";

/** What a cluster of the skeleton is in the graph. */
export interface Decision {
  /** "end": one arm; "through": two arms, no place of its own. */
  kind: JunctionKind | "end" | "through";
  /** For every arm the arm its line goes on in; −1 where it ends in this place. */
  partner: number[];
  /** The place itself: for a jump arc where the two lines would cross without it. */
  at: Point;
}

/** A given junction further away than this many line widths is about another place. */
const MATCH = 3;

/**
 * Decides every cluster: from the nearest given junction where there is one, else from geometry. Whatever the word, the
 * arms rule: a place with three arms joins lines, for one of them has nowhere to go on.
 */
export function decideClusters(
  trace: SkeletonTrace,
  clusters: readonly Cluster[],
  junctions: readonly Junction[],
  lineWidthPx: number,
  ink?: Mask,
): Decision[] {
  const grid = createBoxGrid(junctions.map(({ at }): Box => [at[0], at[1], 0, 0]));
  const reach = MATCH * lineWidthPx + 2;
  return clusters.map((cluster): Decision => {
    const count = cluster.arms.length;
    if (count === 1) return { kind: "end", partner: [-1], at: cluster.at };
    if (count === 2) return { kind: "through", partner: [1, 0], at: cluster.at };
    const candidate = describeCluster(trace, cluster, lineWidthPx, ink);
    const place = candidate.at;
    let given: Junction | undefined;
    let nearest = reach;
    for (const index of grid.near([place[0] - reach, place[1] - reach, 2 * reach, 2 * reach])) {
      const { at, kind } = junctions[index]!;
      const distance = Math.hypot(at[0] - place[0], at[1] - place[1]);
      if (kind === "bend" || distance > nearest) continue;
      nearest = distance;
      given = junctions[index]!;
    }
    const kind = given?.kind ?? classifyGeometric(candidate, { lineWidthPx }).kind;
    const partner = new Array<number>(count).fill(-1);
    if (count === 3 || (kind !== "plain" && kind !== "bridge"))
      return { kind: count === 3 ? "tee" : kind === "tee" ? "cross" : kind, partner, at: cluster.at };
    const pairs = (given && transfer(given, candidate.arms)) ?? pairArms(candidate.arms, kind);
    if (pairs.length * 2 < count) return { kind: "cross", partner, at: cluster.at };
    for (const [a, b] of pairs) {
      partner[a] = b;
      partner[b] = a;
    }
    return { kind, partner, at: kind === "bridge" ? place : cluster.at };
  });
}

/** The given junction's pairs in terms of our arms; undefined when the arms do not correspond. */
function transfer(given: Junction, arms: readonly Point[]): [number, number][] | undefined {
  if (given.arms.length !== arms.length || given.continues.length * 2 !== arms.length) return undefined;
  const ours = given.arms.map(([x, y]) => {
    const fits = arms.map((arm) => arm[0] * x + arm[1] * y);
    const best = fits.indexOf(Math.max(...fits));
    return fits[best]! > 0.8 ? best : -1;
  });
  if (new Set(ours).size !== arms.length || ours.includes(-1)) return undefined;
  return given.continues.map(([a, b]) => [ours[a]!, ours[b]!]);
}
