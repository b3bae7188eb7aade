import type { GraphEdge, Point } from "#shared/messages";
import { longestPiece } from "./longest-piece.ts";
import { lengthPx, type Place, placeAlong } from "./place-along.ts";

/** Short strokes that tell a line's type, as pairs of points. */
export type Mark = [Point, Point];

/** Distance between marks in multiples of their size, as ISA-5.1 drawings have it. */
const SPACING = 8;
/** Most marks on one line: a line across a large sheet is told by fewer. */
const MOST = 200;

/**
 * The marks of a `double-slash` (pneumatic) or `x-marked` (capillary) line, spread evenly and clear of the arrow; at
 * least one, so that a short line is still told apart. Other styles have none.
 *
 * @param sizePx half length of a stroke
 */
export function lineMarks(edge: Pick<GraphEdge, "points" | "style" | "direction">, sizePx: number): Mark[] {
  const { style } = edge;
  if (style !== "double-slash" && style !== "x-marked") return [];
  const length = lengthPx(edge.points);
  const count = Math.max(1, Math.min(MOST, Math.floor(length / (SPACING * sizePx))));
  const places = placeAlong(
    edge.points,
    Array.from({ length: count }, (_, i) => (length * (i + 0.5)) / count),
  );
  const arrow = edge.direction === null ? undefined : longestPiece(edge.points)?.at;
  const clear = places.filter(
    ({ at: [x, y] }) => !arrow || Math.hypot(x - arrow[0], y - arrow[1]) > 3 * sizePx,
  );
  const shown = clear.length > 0 ? clear : placeAlong(edge.points, [length / 5]);
  return shown.flatMap((place) =>
    style === "double-slash"
      ? [stroke(place, -0.4, -0.5, sizePx), stroke(place, 0.4, -0.5, sizePx)]
      : [stroke(place, 0, -1, sizePx), stroke(place, 0, 1, sizePx)],
  );
}

/** A stroke across the line. @param offset along it @param lean from the perpendicular, both in sizes */
function stroke({ at: [x, y], along: [ax, ay] }: Place, offset: number, lean: number, sizePx: number): Mark {
  const [cx, cy] = [x + ax * offset * sizePx, y + ay * offset * sizePx];
  const [dx, dy] = [(-ay + ax * lean) * sizePx, (ax + ay * lean) * sizePx];
  return [
    [cx - dx, cy - dy],
    [cx + dx, cy + dy],
  ];
}
