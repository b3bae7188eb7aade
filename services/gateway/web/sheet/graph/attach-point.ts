import type { GraphNode } from "#shared/messages";
import type { Point } from "../edit/geometry.ts";

/** Where a line that comes from a point meets a node: on the border of its box, or at its centre. */
export function attachPoint({ bbox, center }: GraphNode, from: Point): Point {
  if (!bbox) return [...center];
  const [x, y, w, h] = bbox;
  const middle: Point = [x + w / 2, y + h / 2];
  const dx = from[0] - middle[0];
  const dy = from[1] - middle[1];
  if (dx === 0 && dy === 0) return [Math.round(middle[0]), Math.round(middle[1])];
  // As far as the nearer of the sides that the ray leaves through.
  const reach = Math.min(
    dx === 0 ? Number.POSITIVE_INFINITY : w / 2 / Math.abs(dx),
    dy === 0 ? Number.POSITIVE_INFINITY : h / 2 / Math.abs(dy),
  );
  return [Math.round(middle[0] + dx * reach), Math.round(middle[1] + dy * reach)];
}
