import type { GraphEdge, Point } from "#shared/messages";
import { lengthPx, placeAlong } from "./place-along.ts";

/**
 * A triangle that shows an edge's direction, or undefined when the direction is not known or the edge has no length.
 * It sits a little past the middle, where it is not hidden by the symbols at the ends.
 *
 * @param sizePx length of the arrow; shortened on a line that is shorter than two arrows
 */
export function arrowHead(
  edge: Pick<GraphEdge, "points" | "direction">,
  sizePx: number,
): [Point, Point, Point] | undefined {
  if (edge.direction === null) return undefined;
  const length = lengthPx(edge.points);
  const size = Math.min(sizePx, length / 2);
  const middle = placeAlong(edge.points, [length / 2])[0];
  if (!middle) return undefined;
  const sign = edge.direction === "forward" ? 1 : -1;
  const [ax, ay] = [middle.along[0] * sign, middle.along[1] * sign];
  const [x, y] = middle.at;
  const half = size * 0.4;
  return [
    [x + (ax * size) / 2, y + (ay * size) / 2],
    [x - (ax * size) / 2 - ay * half, y - (ay * size) / 2 + ax * half],
    [x - (ax * size) / 2 + ay * half, y - (ay * size) / 2 - ax * half],
  ];
}
