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
  branches.forEach((branch, piece) => {
    if (branch.from < 0) return;
    const free = [branch.from, branch.to].map((knot) => knots[knot]!.ends.length === 1);
    const loose = free[0]! && free[1]!;
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
    const dot = {
      x: Math.round(knot.x),
      y: Math.round(knot.y),
      ux: 0,
      uy: 0,
      lengthPx: knot.pixels.length,
      loose: true,
    };
    const piece = branches.length + index;
    ends.push({ ...dot, piece, other: ends.length + 1 }, { ...dot, piece, other: ends.length });
  });
  return ends;
}
