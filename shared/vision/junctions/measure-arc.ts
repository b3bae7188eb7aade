import type { Point } from "../geometry/types.ts";
import { pointAlong } from "../trace/point-along.ts";
import type { SkeletonTrace } from "../trace/trace-skeleton.ts";
import type { Cluster } from "./cluster-knots.ts";

/** Path distances at which an arm is compared with its tangent, in line widths: small arcs turn early, large ones late. */
const REACHES = [2, 3, 4, 6, 8, 10, 13];
/** An arc has left its tangent by this much, in line widths, at the third reach; a corner further out has not. */
const EARLY = 0.3;

export interface ArcMeasure {
  /** How far the line the arc interrupts lies beside the arc's top, in line widths. */
  sagWidths: number;
  /** Where the two lines would cross without the arc. */
  foot: Point;
}

/**
 * Measures whether two opposite arms of a crossing both curve to the same side. At the top of a jump arc the arc's halves
 * leave along one tangent and fall away alike until they meet the line again; a straight line does neither, a corner on one
 * side does only one. undefined when they do not curve.
 */
export function measureArc(
  trace: SkeletonTrace,
  cluster: Cluster,
  pair: [number, number],
  lineWidthPx: number,
): ArcMeasure | undefined {
  const [a, b] = pair.map((index) => cluster.arms[index]!) as [Cluster["arms"][0], Cluster["arms"][0]];
  const path = (arm: Cluster["arms"][0], distance: number): Point =>
    pointAlong(trace.branches[arm.branch]!.points, arm.end, distance);
  const [nearA, nearB] = [path(a, 1.2 * lineWidthPx), path(b, 1.2 * lineWidthPx)];
  const length = Math.hypot(nearA[0] - nearB[0], nearA[1] - nearB[1]);
  if (length < 1) return undefined;
  const [nx, ny] = [-(nearA[1] - nearB[1]) / length, (nearA[0] - nearB[0]) / length];
  const off = (p: Point) => nx * (p[0] - nearB[0]) + ny * (p[1] - nearB[1]);
  let sag = 0;
  for (const [step, reach] of REACHES.entries()) {
    const distance = reach * lineWidthPx;
    if (a.lengthPx < distance || b.lengthPx < distance) break;
    const [sagA, sagB] = [off(path(a, distance)), off(path(b, distance))];
    const [small, large] = [Math.abs(sagA), Math.abs(sagB)].sort((p, q) => p - q) as [number, number];
    const alike = sagA * sagB > 0 && small > (step < 3 ? 0.45 : 0.75) * large;
    if (alike && small > Math.abs(sag)) sag = Math.sign(sagA) * small;
    if (step === 2 && Math.abs(sag) < EARLY * lineWidthPx) return undefined;
  }
  if (sag === 0) return undefined;
  const shift = sag - off(cluster.at);
  return {
    sagWidths: Math.abs(sag) / lineWidthPx,
    foot: [cluster.at[0] + nx * shift, cluster.at[1] + ny * shift],
  };
}
