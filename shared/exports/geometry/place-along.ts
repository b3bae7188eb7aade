import type { Point } from "#shared/messages";

/** A place on a line: where it is and which way the line runs there (unit vector). */
export interface Place {
  at: Point;
  along: Point;
}

/** Length of a polyline in pixels. */
export function lengthPx(points: readonly Point[]): number {
  let length = 0;
  for (let i = 1; i < points.length; i++) {
    const [x0, y0] = points[i - 1]!;
    const [x1, y1] = points[i]!;
    length += Math.hypot(x1 - x0, y1 - y0);
  }
  return length;
}

/**
 * Places at the given distances along a polyline. Distances are in pixels from its start, ascending; those past the
 * end are left out. Pieces of length zero are skipped, so `along` is always a direction.
 */
export function placeAlong(points: readonly Point[], distances: readonly number[]): Place[] {
  const places: Place[] = [];
  let next = 0;
  let walked = 0;
  for (let i = 1; i < points.length && next < distances.length; i++) {
    const [x0, y0] = points[i - 1]!;
    const [x1, y1] = points[i]!;
    const piece = Math.hypot(x1 - x0, y1 - y0);
    if (piece === 0) continue;
    const along: Point = [(x1 - x0) / piece, (y1 - y0) / piece];
    while (next < distances.length && distances[next]! <= walked + piece) {
      const step = distances[next]! - walked;
      places.push({ at: [x0 + along[0] * step, y0 + along[1] * step], along });
      next++;
    }
    walked += piece;
  }
  return places;
}
