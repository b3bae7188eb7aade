import { pathDirection } from "../trace/path-direction.ts";
import type { SkeletonTrace } from "../trace/trace-skeleton.ts";

/** A free end of a skeleton: where a line may go on across a gap. */
export interface LineEnd {
  x: number;
  y: number;
  /** Unit vector out of the line; [0, 0] where the piece is a dot and may go on anywhere. */
  ux: number;
  uy: number;
  /** Length of the piece up to its other end or next junction, px. */
  lengthPx: number;
  /** Both ends of the piece are free: a dash, a dot, or a whole short line. */
  loose: boolean;
  /** Ends of one piece share this number. */
  piece: number;
  /** Index in the list of the same piece's other end; −1 when that is a junction. */
  other: number;
  /** Of a dot joined on its other side: the unit vector its line goes on in. */
  heading?: [number, number];
}

/** Lists the free ends of a traced skeleton; a dot gives two, so that a dotted line can run through it. */
export function lineEnds(trace: SkeletonTrace, lineWidthPx: number): LineEnd[] {
  const ends: LineEnd[] = [];
  const { knots, branches } = trace;
  const addDot = (x: number, y: number, lengthPx: number, piece: number) => {
    const dot = { x: Math.round(x), y: Math.round(y), ux: 0, uy: 0, lengthPx, loose: true, piece };
    ends.push({ ...dot, other: ends.length + 1 }, { ...dot, other: ends.length });
  };
  branches.forEach((branch, piece) => {
    if (branch.from < 0) return;
    const free = [branch.from, branch.to].map((knot) => knots[knot]!.ends.length === 1);
    const loose = free[0]! && free[1]!;
    // A piece hardly longer than wide has no direction worth the name.
    if (loose && branch.length <= Math.max(2, 1.2 * lineWidthPx)) {
      const middle = (branch.points.length >> 2) * 2;
      addDot(branch.points[middle]!, branch.points[middle + 1]!, branch.length + 1, piece);
      return;
    }
    for (const side of [0, 1] as const) {
      if (!free[side]) continue;
      const [ux, uy] = pathDirection(branch.points, side, 0.7 * lineWidthPx, 6 * lineWidthPx);
      const at = side === 0 ? 0 : branch.points.length - 2;
      const other = loose ? ends.length + (side === 0 ? 1 : -1) : -1;
      ends.push({
        x: branch.points[at]!,
        y: branch.points[at + 1]!,
        ux: -ux,
        uy: -uy,
        lengthPx: branch.length,
        loose,
        piece,
        other,
      });
    }
  });
  knots.forEach((knot, index) => {
    if (knot.ends.length > 0) return;
    addDot(knot.x, knot.y, knot.pixels.length, branches.length + index);
  });
  return ends;
}
