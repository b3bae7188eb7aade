import type { Point } from "#shared/messages";

/** A straight piece of a line: its middle, its direction (unit vector) and its length. */
export interface Piece {
  at: Point;
  along: Point;
  lengthPx: number;
}

/** The longest straight piece of a line; undefined when all its points coincide. */
export function longestPiece(points: readonly Point[]): Piece | undefined {
  let best: Piece | undefined;
  for (let i = 1; i < points.length; i++) {
    const [x0, y0] = points[i - 1]!;
    const [x1, y1] = points[i]!;
    const lengthPx = Math.hypot(x1 - x0, y1 - y0);
    if (lengthPx > (best?.lengthPx ?? 0))
      best = {
        at: [(x0 + x1) / 2, (y0 + y1) / 2],
        along: [(x1 - x0) / lengthPx, (y1 - y0) / lengthPx],
        lengthPx,
      };
  }
  return best;
}
