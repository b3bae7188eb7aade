import type { Point } from "../geometry/types.ts";
import { pointAlong } from "../trace/point-along.ts";
import type { SkeletonTrace } from "../trace/trace-skeleton.ts";
import type { Cluster } from "./cluster-knots.ts";

/** Path distances at which an arm is compared with its tangent, in line widths: small arcs turn early, large ones late. */
const REACHES = [2, 3, 4, 6, 8];

/**
 * How strongly two opposite arms of a crossing both curve to the same side, in line widths. At the top of a jump arc the
 * arc's halves leave along one tangent and then fall away alike; a straight line does neither, a corner on one side only one.
 */
export function measureArc(
  trace: SkeletonTrace,
  cluster: Cluster,
  pair: [number, number],
  lineWidthPx: number,
): number {
  const [a, b] = pair.map((index) => cluster.arms[index]!) as [Cluster["arms"][0], Cluster["arms"][0]];
  const path = (arm: Cluster["arms"][0], distance: number): Point =>
    pointAlong(trace.branches[arm.branch]!.points, arm.end, distance);
  const [nearA, nearB] = [path(a, 1.2 * lineWidthPx), path(b, 1.2 * lineWidthPx)];
  const length = Math.hypot(nearA[0] - nearB[0], nearA[1] - nearB[1]);
  if (length < 1) return 0;
  const [tx, ty] = [(nearA[0] - nearB[0]) / length, (nearA[1] - nearB[1]) / length];
  let strongest = 0;
  for (const reach of REACHES) {
    const distance = reach * lineWidthPx;
    if (a.lengthPx < distance || b.lengthPx < distance) break;
    const off = (p: Point) => tx * (p[1] - nearB[1]) - ty * (p[0] - nearB[0]);
    const [sagA, sagB] = [off(path(a, distance)), off(path(b, distance))];
    if (sagA * sagB <= 0) continue;
    const [small, large] = [Math.abs(sagA), Math.abs(sagB)].sort((p, q) => p - q) as [number, number];
    if (small > 0.45 * large) strongest = Math.max(strongest, small / lineWidthPx);
  }
  return strongest;
}
