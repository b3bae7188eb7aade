import type { GraphEdge, Point } from "#shared/messages";
import { longestPiece } from "./longest-piece.ts";

/**
 * A triangle that shows an edge's direction, or undefined when the direction is not known or the edge has no length.
 * It sits in the middle of the longest straight piece, where neither a bend nor a symbol is in its way.
 *
 * @param sizePx length of the arrow; shortened on a piece that is shorter than two arrows
 */
export function arrowHead(
  edge: Pick<GraphEdge, "points" | "direction">,
  sizePx: number,
): [Point, Point, Point] | undefined {
  const piece = edge.direction === null ? undefined : longestPiece(edge.points);
  if (!piece) return undefined;
  const size = Math.min(sizePx, piece.lengthPx / 2);
  const sign = edge.direction === "forward" ? 1 : -1;
  const [ax, ay] = [piece.along[0] * sign, piece.along[1] * sign];
  const [x, y] = piece.at;
  const half = size * 0.4;
  return [
    [x + (ax * size) / 2, y + (ay * size) / 2],
    [x - (ax * size) / 2 - ay * half, y - (ay * size) / 2 + ax * half],
    [x - (ax * size) / 2 + ay * half, y - (ay * size) / 2 - ax * half],
  ];
}
