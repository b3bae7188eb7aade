import { DisjointSets } from "../geometry/disjoint-sets.ts";
import type { Point } from "../geometry/types.ts";
import { pathDirection } from "../trace/path-direction.ts";
import { pointAlong } from "../trace/point-along.ts";
import type { SkeletonTrace } from "../trace/trace-skeleton.ts";

/** One line leaving a cluster. */
export interface ClusterArm {
  branch: number;
  /** Which end of the branch lies in the cluster. */
  end: 0 | 1;
  /** Unit vector away from the cluster, measured some line widths out. */
  direction: Point;
  /** Length of the branch up to its other end, px. */
  lengthPx: number;
}

/** Critical points that are one place on the sheet: a crossing of thick lines thins to two points. */
export interface Cluster {
  at: Point;
  knots: number[];
  arms: ClusterArm[];
}

/** Critical points connected by a branch up to this many line widths are one place. */
const NEAR = 1.5;
/** Up to this many when the four arms then run straight through (two lines crossing at a small angle). */
const SLANTED = 7;

/**
 * Groups the knots of a trace into places and measures their arms. Ends are clusters of one arm; every branch end belongs
 * to exactly one cluster, except inner branches, which vanish in their cluster.
 */
export function clusterKnots(
  trace: SkeletonTrace,
  lineWidthPx: number,
): { clusters: Cluster[]; clusterOf: Int32Array } {
  const { knots, branches } = trace;
  const sets = new DisjointSets(knots.length);
  const inner = new Set<number>();
  const merge = (index: number) => {
    sets.join(branches[index]!.from, branches[index]!.to);
    inner.add(index);
  };
  branches.forEach((branch, index) => {
    if (branch.from < 0 || branch.length > NEAR * lineWidthPx) return;
    if (knots[branch.from]!.ends.length > 2 && knots[branch.to]!.ends.length > 2) merge(index);
  });
  branches.forEach((branch, index) => {
    if (branch.from < 0 || inner.has(index) || branch.length > SLANTED * lineWidthPx) return;
    if (branch.from !== branch.to && runsThrough(trace, index, lineWidthPx)) merge(index);
  });
  const members = new Map<number, number[]>();
  knots.forEach((_, knot) => {
    const root = sets.find(knot);
    members.set(root, [...(members.get(root) ?? []), knot]);
  });
  const clusterOf = new Int32Array(knots.length);
  const clusters: Cluster[] = [];
  for (const list of members.values()) {
    for (const knot of list) clusterOf[knot] = clusters.length;
    clusters.push({ at: middle(trace, list, inner), knots: list, arms: [] });
  }
  for (const cluster of clusters) {
    for (const knot of cluster.knots)
      for (const { branch, end } of knots[knot]!.ends) {
        if (inner.has(branch)) continue;
        cluster.arms.push({ branch, end, direction: [0, 0], lengthPx: branches[branch]!.length });
      }
    for (const arm of cluster.arms) arm.direction = armDirection(trace, cluster, arm, lineWidthPx);
  }
  return { clusters, clusterOf };
}

/** Centre of a cluster: of its knots and of the inner branches between them. */
function middle(trace: SkeletonTrace, list: number[], inner: Set<number>): Point {
  let [x, y, weight] = [0, 0, 0];
  for (const index of list) {
    const knot = trace.knots[index]!;
    x += knot.x;
    y += knot.y;
    weight++;
    for (const { branch, end } of knot.ends) {
      if (end === 1 || !inner.has(branch)) continue;
      const { points } = trace.branches[branch]!;
      const at = (points.length >> 2) * 2;
      x += points[at]!;
      y += points[at + 1]!;
      weight++;
    }
  }
  return [x / weight, y / weight];
}

/** From one line width out to six: nearer, the skeleton bends towards the junction; farther, the line may turn. */
function armDirection(trace: SkeletonTrace, cluster: Cluster, arm: ClusterArm, lineWidthPx: number): Point {
  const { points } = trace.branches[arm.branch]!;
  const direction = pathDirection(points, arm.end, 1.2 * lineWidthPx, 6 * lineWidthPx);
  if (direction[0] !== 0 || direction[1] !== 0) return direction;
  const tip = pointAlong(points, arm.end, 6 * lineWidthPx);
  const length = Math.hypot(tip[0] - cluster.at[0], tip[1] - cluster.at[1]) || 1;
  return [(tip[0] - cluster.at[0]) / length, (tip[1] - cluster.at[1]) / length];
}

/**
 * True when the two ends of a short branch are one crossing: both have two more arms, and each of the one continues an arm
 * of the other in line. Two tees that face each other with an offset do not, their arms are parallel but apart.
 */
function runsThrough(trace: SkeletonTrace, index: number, lineWidthPx: number): boolean {
  const { from, to } = trace.branches[index]!;
  const sides = [from, to].map((knot) =>
    trace.knots[knot]!.ends.filter((arm) => arm.branch !== index).map(({ branch, end }) => {
      const { points, length } = trace.branches[branch]!;
      return {
        length,
        at: pointAlong(points, end, 2 * lineWidthPx),
        direction: pathDirection(points, end, 1.2 * lineWidthPx, 8 * lineWidthPx),
      };
    }),
  );
  const [one, two] = sides as [(typeof sides)[0], (typeof sides)[0]];
  if (one.length !== 2 || two.length !== 2) return false;
  if ([...one, ...two].some((arm) => arm.length < 4 * lineWidthPx)) return false;
  const inLine = (a: (typeof one)[0], b: (typeof one)[0]) => {
    const [dx, dy] = [b.at[0] - a.at[0], b.at[1] - a.at[1]];
    const offset = Math.max(
      Math.abs(a.direction[0] * dy - a.direction[1] * dx),
      Math.abs(b.direction[0] * dy - b.direction[1] * dx),
    );
    const opposite = -(a.direction[0] * b.direction[0] + a.direction[1] * b.direction[1]);
    return opposite > 0.96 && offset < 0.8 * lineWidthPx + 1;
  };
  return (
    (inLine(one[0]!, two[0]!) && inLine(one[1]!, two[1]!)) ||
    (inLine(one[0]!, two[1]!) && inLine(one[1]!, two[0]!))
  );
}
