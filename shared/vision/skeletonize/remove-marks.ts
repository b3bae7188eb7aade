import type { Point } from "../geometry/types.ts";
import { type ClusterArm, clusterKnots } from "../junctions/cluster-knots.ts";
import { pointAlong } from "../trace/point-along.ts";
import type { SkeletonTrace } from "../trace/trace-skeleton.ts";
import type { WorkingSkeleton } from "./working-skeleton.ts";

/** How far out on either side the direction of a marked line is measured, in line widths. */
const NEAR = 3;

type Direction = Pick<ClusterArm, "direction">;

/**
 * Removes the strokes that mark a line's kind (the slashes of a pneumatic line, the crosses of a capillary): short free
 * strokes that leave a line on both sides at one place. A real branch leads to something or is longer. Returns how many
 * strokes went.
 */
export function removeMarks(
  skeleton: WorkingSkeleton,
  lineWidthPx: number,
  longestPx: number,
  isAnchored: (x: number, y: number) => boolean,
): number {
  const { trace } = skeleton;
  const { clusters, clusterOf } = clusterKnots(trace, lineWidthPx);
  /** A short arm with a free end; 2 when no symbol holds that end, 1 when one does, 0 for any other arm. */
  const freedom = (arm: ClusterArm): 0 | 1 | 2 => {
    const branch = trace.branches[arm.branch]!;
    const far = trace.knots[arm.end === 0 ? branch.to : branch.from]!;
    if (branch.length > longestPx || far.ends.length !== 1) return 0;
    return isAnchored(far.x, far.y) ? 1 : 2;
  };
  const strokes = clusters.map((cluster) => cluster.arms.filter((arm) => freedom(arm) > 0));
  // A stroke is too short to measure its direction some widths out: what counts is where its tip lies.
  for (const list of strokes) for (const arm of list) arm.direction = towardsTip(trace, arm);
  const doomed = new Set<number>();
  clusters.forEach((cluster, index) => {
    const own = strokes[index]!;
    const main = cluster.arms.length - own.length;
    if (main !== 2 || own.length === 0) return;
    const line = chord(
      trace,
      cluster.arms.filter((arm) => !own.includes(arm)),
      NEAR * lineWidthPx,
    );
    for (const a of own)
      for (const b of own)
        if (a !== b && Math.max(freedom(a), freedom(b)) === 2 && crosses(line, a, b))
          doomed.add(a.branch).add(b.branch);
    // The two halves of a slanted stroke may leave the line at two places close to each other.
    if (own.length !== 1) return;
    for (const arm of cluster.arms) {
      const branch = trace.branches[arm.branch]!;
      if (arm === own[0] || branch.length > 4 * lineWidthPx) continue;
      const other = clusterOf[arm.end === 0 ? branch.to : branch.from]!;
      const opposite = strokes[other]!;
      if (other === index || opposite.length !== 1 || clusters[other]!.arms.length !== 3) continue;
      const free = Math.max(freedom(own[0]!), freedom(opposite[0]!)) === 2;
      if (free && crosses(line, own[0]!, opposite[0]!)) doomed.add(own[0]!.branch).add(opposite[0]!.branch);
    }
  });
  for (const index of doomed) skeleton.eraseBranch(index);
  skeleton.settle();
  return doomed.size;
}

/**
 * Whether two strokes mark the line between them: the halves of one that crosses it at a slant, or the two of an open
 * arrow head, which are each other's mirror image. What crosses at right angles is a dash of another line.
 */
function crosses(line: Direction, a: ClusterArm, b: ClusterArm): boolean {
  const [alongA, alongB] = [dot(line, a), dot(line, b)];
  if (Math.min(a.lengthPx, b.lengthPx) < 0.35 * Math.max(a.lengthPx, b.lengthPx)) return false;
  if (Math.min(Math.abs(alongA), Math.abs(alongB)) < 0.22) return false;
  if (dot(a, b) < -0.8) return true;
  const mirrored = side(line, a) * side(line, b) < 0 && Math.abs(alongA - alongB) < 0.25;
  return mirrored && Math.abs(alongA) > 0.4 && Math.abs(alongA) < 0.97;
}

/** On which side of the line a stroke leaves it: the sign of the cross product. */
function side(line: Direction, stroke: ClusterArm): number {
  return line.direction[0] * stroke.direction[1] - line.direction[1] * stroke.direction[0];
}

/** The line through a place: from one of its two arms to the other, so that a jump arc runs along its own tangent. */
function chord(trace: SkeletonTrace, arms: readonly ClusterArm[], reachPx: number): Direction {
  const [[x0, y0], [x1, y1]] = arms.map(({ branch, end }) =>
    pointAlong(trace.branches[branch]!.points, end, reachPx),
  ) as [Point, Point];
  const length = Math.hypot(x1 - x0, y1 - y0) || 1;
  return { direction: [(x1 - x0) / length, (y1 - y0) / length] };
}

function towardsTip(trace: SkeletonTrace, arm: ClusterArm): [number, number] {
  const { points } = trace.branches[arm.branch]!;
  const [start, tip] = arm.end === 0 ? [0, points.length - 2] : [points.length - 2, 0];
  const [dx, dy] = [points[tip]! - points[start]!, points[tip + 1]! - points[start + 1]!];
  const length = Math.hypot(dx, dy) || 1;
  return [dx / length, dy / length];
}

function dot(a: Direction, b: Direction): number {
  return a.direction[0] * b.direction[0] + a.direction[1] * b.direction[1];
}
