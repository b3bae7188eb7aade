import { createBoxGrid } from "../geometry/box-grid.ts";
import { boxCenter, growBox } from "../geometry/boxes.ts";
import type { Box, Mask, Point } from "../geometry/types.ts";
import { arrowDirection } from "./arrow-direction.ts";
import type { VisionEdge } from "./types.ts";

/**
 * Gives edges the direction of the arrows that lie on them. An arrow belongs to the line that passes nearest its middle;
 * where arrows of one line disagree, the majority decides.
 * @param paths the edges' full paths, one pixel per step
 */
export function directEdges(
  edges: VisionEdge[],
  paths: readonly (readonly Point[])[],
  arrows: readonly Box[],
  ink: Mask | undefined,
  lineWidthPx: number,
): void {
  if (!ink || arrows.length === 0) return;
  const grid = createBoxGrid(arrows.map((arrow) => growBox(arrow, lineWidthPx)));
  const nearest = arrows.map(() => ({ edge: -1, at: 0, distance: Number.POSITIVE_INFINITY }));
  paths.forEach((path, edge) => {
    // Every second point is enough to hit an arrow head, which is several widths long.
    for (let k = 0; k < path.length; k += 2) {
      const [x, y] = path[k]!;
      for (const index of grid.near([x, y, 0, 0])) {
        const [cx, cy] = boxCenter(arrows[index]!);
        const distance = Math.hypot(x - cx, y - cy);
        if (distance < nearest[index]!.distance) nearest[index] = { edge, at: k, distance };
      }
    }
  });
  const votes = new Float64Array(edges.length);
  arrows.forEach((box, index) => {
    const { edge, at, distance } = nearest[index]!;
    if (edge < 0 || distance > 0.6 * Math.max(box[2], box[3]) + lineWidthPx) return;
    const path = paths[edge]!;
    const reach = Math.max(3, Math.round(Math.max(box[2], box[3]) / 2));
    const [a, b] = [path[Math.max(0, at - reach)]!, path[Math.min(path.length - 1, at + reach)]!];
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    if (length < 1) return;
    votes[edge]! += arrowDirection(ink, box, [(b[0] - a[0]) / length, (b[1] - a[1]) / length]);
  });
  edges.forEach((edge, index) => {
    if (votes[index]! !== 0) edge.direction = votes[index]! > 0 ? "forward" : "backward";
  });
}
