import { createBoxGrid } from "../geometry/box-grid.ts";
import type { Box } from "../geometry/types.ts";
import {
  believedReach,
  type Covers,
  coveredReach,
  dashGap,
  gapWidths,
  isDash,
  solidGap,
  stubGap,
} from "./gap-limits.ts";
import type { LineEnd } from "./line-ends.ts";

/** What lies on the straight way between two ends. */
export interface GapContents {
  /** A symbol: the line ends there and must not be led through. */
  node: boolean;
  /** Other lines the gap crosses. */
  lines: number;
}

interface Candidate {
  a: number;
  b: number;
  cost: number;
  dx: number;
  dy: number;
}

/**
 * Finds which free ends continue each other across a gap: facing each other, nearly collinear, with a gap that suits the
 * pieces (proportional for dashes, short for solid lines, longer under a text or around a crossing line). The best pairs
 * win; an end is used once, and a dot only with partners on opposite sides.
 */
export function pairEnds(
  ends: readonly LineEnd[],
  usable: Uint8Array,
  lineWidthPx: number,
  covers: Covers,
  look: (a: LineEnd, b: LineEnd) => GapContents,
): [number, number][] {
  const candidates = collect(ends, usable, lineWidthPx, covers, look).sort((p, q) => p.cost - q.cost);
  const heading = new Float64Array(ends.length).fill(Number.NaN);
  const pairs: [number, number][] = [];
  // Straight on first; what is left may turn at a dot, as round the corner of a dotted line.
  for (const turn of [STRAIGHT_DOT, TURNING_DOT])
    for (const { a, b, dx, dy } of candidates) {
      if (!Number.isNaN(heading[a]!) || !Number.isNaN(heading[b]!)) continue;
      const angle = Math.atan2(dy, dx);
      if (!fitsDot(ends, heading, a, angle, turn) || !fitsDot(ends, heading, b, angle + Math.PI, turn))
        continue;
      heading[a] = angle;
      heading[b] = angle + Math.PI;
      pairs.push([a, b]);
      pointDot(ends, a, angle);
      pointDot(ends, b, angle + Math.PI);
    }
  return pairs;
}

/** Cosines of the angle between the two ways out of a dot: within 30° of straight, and within 105°. */
const STRAIGHT_DOT = -0.87;
const TURNING_DOT = 0.26;

/** A dot led one way goes on the opposite way, like the line it belongs to. */
function pointDot(ends: readonly LineEnd[], index: number, angle: number): void {
  const end = ends[index]!;
  const other = ends[end.other];
  if (end.ux !== 0 || end.uy !== 0 || !other) return;
  other.heading = [-Math.cos(angle), -Math.sin(angle)];
}

/** A dot already led one way may only be led on away from it. */
function fitsDot(
  ends: readonly LineEnd[],
  heading: Float64Array,
  index: number,
  angle: number,
  turn: number,
): boolean {
  const end = ends[index]!;
  if (end.ux !== 0 || end.uy !== 0) return true;
  const taken = heading[end.other]!;
  return Number.isNaN(taken) || Math.cos(taken - angle) < turn;
}

function collect(
  ends: readonly LineEnd[],
  usable: Uint8Array,
  lineWidthPx: number,
  covers: Covers,
  look: (a: LineEnd, b: LineEnd) => GapContents,
): Candidate[] {
  const found: Candidate[] = [];
  const grid = createBoxGrid(
    ends.map((end): Box => [end.x, end.y, 0, 0]),
    Math.max(16, 12 * lineWidthPx),
  );
  const reaches = ends.map((end) => believedReach(end, coveredReach(end, covers, lineWidthPx)));
  ends.forEach((a, i) => {
    if (!usable[i]) return;
    const plain = Math.max(
      gapWidths.aroundLine * lineWidthPx,
      dashGap(a, lineWidthPx),
      gapWidths.dashMost * lineWidthPx,
    );
    const reach = Math.max(plain, reaches[i]! > 0 ? reaches[i]! + gapWidths.cover * lineWidthPx : 0);
    const directed = a.ux !== 0 || a.uy !== 0;
    const tip = directed ? [a.x + a.ux * reach, a.y + a.uy * reach] : [a.x, a.y];
    const slack = directed ? 3 * lineWidthPx : reach;
    const query: Box = [
      Math.min(a.x, tip[0]!) - slack,
      Math.min(a.y, tip[1]!) - slack,
      Math.abs(tip[0]! - a.x) + 2 * slack,
      Math.abs(tip[1]! - a.y) + 2 * slack,
    ];
    for (const j of grid.near(query)) {
      const b = ends[j]!;
      if (j <= i || !usable[j] || b.piece === a.piece) continue;
      const fit = alignment(a, b, lineWidthPx) ?? curvature(a, b, lineWidthPx);
      if (!fit) continue;
      const covered = Math.max(reaches[i]!, reaches[j]!);
      if (!mayClose(a, b, fit.gap, covered, lineWidthPx, look)) continue;
      found.push({
        a: i,
        b: j,
        dx: b.x - a.x,
        dy: b.y - a.y,
        cost: fit.gap + 3 * fit.lateral + 8 * lineWidthPx * fit.bend,
      });
    }
  });
  return found;
}

function mayClose(
  a: LineEnd,
  b: LineEnd,
  gap: number,
  covered: number,
  lineWidthPx: number,
  look: (a: LineEnd, b: LineEnd) => GapContents,
): boolean {
  if (gap > stubGap(a, b, lineWidthPx)) return false;
  const dash = isDash(a, lineWidthPx) || isDash(b, lineWidthPx);
  let limit = Math.min(solidGap(a, lineWidthPx), solidGap(b, lineWidthPx));
  if (Math.max(a.lengthPx, b.lengthPx) <= gapWidths.dash * lineWidthPx)
    limit = Math.max(limit, gapWidths.stub * lineWidthPx);
  for (const end of [a, b]) if (isDash(end, lineWidthPx)) limit = Math.max(limit, dashGap(end, lineWidthPx));
  if (covered > 0) limit = Math.max(limit, covered + gapWidths.cover * lineWidthPx);
  const around = Math.max(limit, gapWidths.aroundLine * lineWidthPx);
  if (gap > around) return false;
  const contents = look(a, b);
  if (contents.node) return false;
  if (gap <= limit) return contents.lines <= (dash || covered > 0 ? 3 : 1);
  return contents.lines === 1;
}

/** How well two ends face each other; undefined when they do not. */
function alignment(
  a: LineEnd,
  b: LineEnd,
  lineWidthPx: number,
): { gap: number; lateral: number; bend: number } | undefined {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const gap = Math.hypot(dx, dy);
  if (gap < 1) return undefined;
  const allowed = 0.6 * lineWidthPx + 1 + 0.06 * gap;
  let lateral = 0;
  let bend = 0;
  let tolerance = 0.22;
  for (const [end, sign] of [
    [a, 1],
    [b, -1],
  ] as const) {
    if (end.ux === 0 && end.uy === 0) continue;
    // A short dash tells its direction only to about a pixel over its length.
    const unsure = 1.2 / Math.max(end.lengthPx, 2);
    if (sign * (end.ux * dx + end.uy * dy) <= 0) return undefined;
    const off = Math.abs(end.ux * dy - end.uy * dx);
    if (off > allowed + unsure * gap) return undefined;
    lateral = Math.max(lateral, off);
    tolerance += Math.min(unsure, 0.3);
  }
  if ((a.ux || a.uy) && (b.ux || b.uy)) {
    bend = Math.acos(Math.max(-1, Math.min(1, -(a.ux * b.ux + a.uy * b.uy))));
    if (bend > tolerance) return undefined;
  }
  return { gap, lateral, bend };
}

/**
 * Two dashes of a curved line: both ends turn to the same side of the way between them, by about the same angle, as on a
 * circle. undefined when they do not, or the curve is too tight or the gap too long to be sure.
 */
function curvature(
  a: LineEnd,
  b: LineEnd,
  lineWidthPx: number,
): { gap: number; lateral: number; bend: number } | undefined {
  if (!isDash(a, lineWidthPx) && !isDash(b, lineWidthPx)) return undefined;
  if ((a.ux === 0 && a.uy === 0) || (b.ux === 0 && b.uy === 0)) return undefined;
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const gap = Math.hypot(dx, dy);
  if (gap < 2 || gap > gapWidths.curve * lineWidthPx) return undefined;
  const turnA = Math.atan2(dx * a.uy - dy * a.ux, dx * a.ux + dy * a.uy);
  const turnB = Math.atan2(-dx * b.uy + dy * b.ux, -dx * b.ux - dy * b.uy);
  // The tangent at the end of a short curved piece is known only roughly.
  const unsure = Math.min(0.4, 2.5 / Math.max(1, Math.min(a.lengthPx, b.lengthPx)));
  if (Math.max(Math.abs(turnA), Math.abs(turnB)) > 0.85 || Math.abs(turnA + turnB) > 0.45 + unsure)
    return undefined;
  return { gap, lateral: 0, bend: Math.abs(turnA) + Math.abs(turnB) };
}
