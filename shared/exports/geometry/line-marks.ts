import type { GraphEdge, Point } from "#shared/messages";
import { lengthPx, placeAlong } from "./place-along.ts";

/** Short strokes that tell a line's type, as pairs of points. */
export type Mark = [Point, Point];

/** Distance between marks in multiples of their size, as ISA-5.1 drawings have it. */
const SPACING = 8;

/**
 * The marks of a `double-slash` (pneumatic) or `x-marked` (capillary) line, spread evenly; at least one, so that a
 * short line is still told apart. Other styles have none.
 *
 * @param sizePx half length of a stroke
 */
export function lineMarks(edge: Pick<GraphEdge, "points" | "style">, sizePx: number): Mark[] {
  if (edge.style !== "double-slash" && edge.style !== "x-marked") return [];
  const length = lengthPx(edge.points);
  const count = Math.max(1, Math.min(200, Math.floor(length / (SPACING * sizePx))));
  const distances = Array.from({ length: count }, (_, i) => (length * (i + 0.5)) / count);
  return placeAlong(edge.points, distances).flatMap(({ at: [x, y], along: [ax, ay] }): Mark[] => {
    const stroke = (offset: number, lean: number): Mark => {
      const cx = x + ax * offset;
      const cy = y + ay * offset;
      const dx = (-ay + ax * lean) * sizePx;
      const dy = (ax + ay * lean) * sizePx;
      return [
        [cx - dx, cy - dy],
        [cx + dx, cy + dy],
      ];
    };
    return edge.style === "double-slash"
      ? [stroke(-0.4 * sizePx, -0.5), stroke(0.4 * sizePx, -0.5)]
      : [stroke(0, -1), stroke(0, 1)];
  });
}
