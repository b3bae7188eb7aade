import { measuringUnit } from "../geometry/measuring-unit.ts";
import { checkImage, type Mask, type Point } from "../geometry/types.ts";
import { pointAlong } from "../trace/point-along.ts";
import { simplifyPolyline } from "../trace/simplify-polyline.ts";
import { type SkeletonTrace, traceSkeleton } from "../trace/trace-skeleton.ts";
import { type Cluster, clusterKnots } from "./cluster-knots.ts";
import { measureArc } from "./measure-arc.ts";
import { inkRadius, inkWidth } from "./measure-ink.ts";
import { turnBetween } from "./pair-arms.ts";
import type { JunctionCandidate } from "./types.ts";

export interface FindOptions {
  /** Typical width of the lines, px: all distances are measured in it. */
  lineWidthPx: number;
  /** Mask of the lines' ink; lets dots and widths be measured. */
  ink?: Mask;
  /** Whether corners of single lines are listed too. @default true */
  bends?: boolean;
}

/** A corner turns by more than this, rad (25°). */
const CORNER = 0.44;

/**
 * Finds the places on a skeleton where lines meet, pass or turn: critical points by crossing number, those closer than 1.5
 * line widths taken as one, with the directions of their arms measured some line widths out.
 */
export function findJunctions(skeleton: Mask, options: FindOptions): JunctionCandidate[] {
  checkImage(skeleton, "skeleton");
  const trace = traceSkeleton(skeleton);
  const unitPx = measuringUnit(options.lineWidthPx);
  const { clusters } = clusterKnots(trace, unitPx);
  const found = clusters
    .filter((cluster) => cluster.arms.length >= 3)
    .map((cluster) => describeCluster(trace, cluster, unitPx, options.ink));
  if (options.bends !== false) found.push(...findBends(trace, found, unitPx));
  return found;
}

/** Measures a cluster of three or more arms; sorts its arms clockwise from east, in the cluster as well. */
export function describeCluster(
  trace: SkeletonTrace,
  cluster: Cluster,
  lineWidthPx: number,
  ink?: Mask,
): JunctionCandidate {
  const angle = ([x, y]: Point) => (Math.atan2(y, x) + 2 * Math.PI) % (2 * Math.PI);
  cluster.arms.sort((a, b) => angle(a.direction) - angle(b.direction));
  const candidate: JunctionCandidate = {
    at: cluster.at,
    arms: cluster.arms.map((arm) => arm.direction),
    armLengthsPx: cluster.arms.map((arm) => arm.lengthPx),
    dotRadiusPx: 0,
    armWidthsPx: cluster.arms.map(() => 0),
    arc: 0,
  };
  if (ink) {
    candidate.dotRadiusPx = inkRadius(ink, cluster.at, lineWidthPx);
    candidate.armWidthsPx = cluster.arms.map((arm) => {
      const [x, y] = pointAlong(trace.branches[arm.branch]!.points, arm.end, 4 * lineWidthPx);
      return inkWidth(ink, x, y, 8 * lineWidthPx);
    });
  }
  if (cluster.arms.length === 4)
    for (const [pair, other] of [
      [
        [0, 2],
        [1, 3],
      ],
      [
        [1, 3],
        [0, 2],
      ],
    ] as [[number, number], [number, number]][]) {
      // What an arc jumps over runs straight.
      if (turnBetween(candidate.arms[other[0]]!, candidate.arms[other[1]]!) > 0.5) continue;
      const arc = measureArc(trace, cluster, pair, lineWidthPx);
      if (arc && arc.sagWidths > candidate.arc) {
        candidate.arc = arc.sagWidths;
        candidate.arcArms = pair;
        if (arc.sagWidths > 0.5) candidate.at = arc.foot;
      }
    }
  return candidate;
}

function findBends(
  trace: SkeletonTrace,
  junctions: readonly JunctionCandidate[],
  lineWidthPx: number,
): JunctionCandidate[] {
  const bends: JunctionCandidate[] = [];
  const arcs = junctions.filter((junction) => junction.arc > 0.5);
  for (const branch of trace.branches) {
    const points: Point[] = [];
    for (let k = 0; k < branch.points.length; k += 2) points.push([branch.points[k]!, branch.points[k + 1]!]);
    const corners = simplifyPolyline(points, Math.max(1, 0.75 * lineWidthPx));
    for (let k = 1; k + 1 < corners.length; k++) {
      const [before, at, after] = [corners[k - 1]!, corners[k]!, corners[k + 1]!];
      const [back, ahead] = [unit(at, before), unit(at, after)];
      const turn = Math.PI - Math.acos(Math.max(-1, Math.min(1, back[0] * ahead[0] + back[1] * ahead[1])));
      const lengths = [distance(at, before), distance(at, after)];
      if (turn < CORNER || Math.min(...lengths) < 2 * lineWidthPx) continue;
      // The feet of a jump arc are corners too, but belong to the crossing.
      if (arcs.some((arc) => distance(arc.at, at) < 10 * lineWidthPx)) continue;
      bends.push({
        at,
        arms: [back, ahead],
        armLengthsPx: lengths,
        dotRadiusPx: 0,
        armWidthsPx: [0, 0],
        arc: 0,
      });
    }
  }
  return bends;
}

function unit(from: Point, to: Point): Point {
  const length = distance(from, to) || 1;
  return [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}
