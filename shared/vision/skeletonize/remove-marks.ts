import { foreground, type Padded } from "../geometry/padded.ts";
import { type Cluster, type ClusterArm, clusterKnots } from "../junctions/cluster-knots.ts";
import { type SkeletonTrace, traceField } from "../trace/trace-skeleton.ts";
import { thinField } from "./thin.ts";

/**
 * Removes the strokes that mark a line's kind (the slashes of a pneumatic line, the crosses of a capillary): short free
 * strokes that leave a line on both sides at one place. A real branch leads to something or is longer. Returns how many
 * strokes went.
 */
export function removeMarks(
  field: Padded,
  lineWidthPx: number,
  longestPx: number,
  isAnchored: (x: number, y: number) => boolean,
): number {
  const trace = traceField(field, foreground(field));
  const { clusters, clusterOf } = clusterKnots(trace, lineWidthPx);
  const isStroke = (arm: ClusterArm): boolean => {
    const branch = trace.branches[arm.branch]!;
    const far = trace.knots[arm.end === 0 ? branch.to : branch.from]!;
    return branch.length <= longestPx && far.ends.length === 1 && !isAnchored(far.x, far.y);
  };
  const strokes = clusters.map((cluster) => cluster.arms.filter(isStroke));
  const doomed = new Set<number>();
  clusters.forEach((cluster, index) => {
    const own = strokes[index]!;
    const main = cluster.arms.length - own.length;
    if (main < 1 || main > 2 || own.length === 0) return;
    if (own.length >= 2 && onBothSides(cluster, own)) for (const arm of own) doomed.add(arm.branch);
    if (own.length === 1) {
      // The two halves of a slanted stroke may leave the line at two places close to each other.
      for (const arm of cluster.arms) {
        const branch = trace.branches[arm.branch]!;
        if (arm === own[0] || branch.length > 4 * lineWidthPx) continue;
        const other = clusterOf[arm.end === 0 ? branch.to : branch.from]!;
        const opposite = strokes[other]!;
        if (other === index || opposite.length !== 1 || clusters[other]!.arms.length !== 3) continue;
        if (dot(own[0]!, opposite[0]!) < -0.85) doomed.add(own[0]!.branch).add(opposite[0]!.branch);
      }
    }
  });
  for (const index of doomed) erase(field, trace, index);
  if (doomed.size > 0) thinField(field, foreground(field));
  return doomed.size;
}

/** Strokes on one side only are a corner of something; marks reach across. */
function onBothSides(cluster: Cluster, strokes: readonly ClusterArm[]): boolean {
  const line = cluster.arms.find((arm) => !strokes.includes(arm))!.direction;
  const sides = strokes.map((arm) => Math.sign(line[0] * arm.direction[1] - line[1] * arm.direction[0]));
  return sides.includes(1) && sides.includes(-1);
}

function dot(a: ClusterArm, b: ClusterArm): number {
  return a.direction[0] * b.direction[0] + a.direction[1] * b.direction[1];
}

/** Clears a branch up to but without the knot pixel where it leaves the line. */
function erase(field: Padded, trace: SkeletonTrace, index: number): void {
  const { points, from } = trace.branches[index]!;
  const freeAtStart = trace.knots[from]!.ends.length === 1;
  const count = points.length / 2;
  for (let k = freeAtStart ? 0 : 1; k < (freeAtStart ? count - 1 : count); k++)
    field.data[(points[2 * k + 1]! + 1) * field.stride + points[2 * k]! + 1] = 0;
}
