import { createBoxGrid } from "../geometry/box-grid.ts";
import { distanceToBox, growBox } from "../geometry/boxes.ts";
import type { Box, Point } from "../geometry/types.ts";
import type { WorkingSkeleton } from "../skeletonize/working-skeleton.ts";
import type { Branch } from "../trace/trace-skeleton.ts";

/** What a box leaves out of its symbol's wall lies within this many line widths of it, and half a stroke. */
const NEAR = 1.5;
/** A piece of wall runs along its side: so many times as far along it as away from it. */
const SLIM = 2;

/**
 * Removes what sticks out of a symbol's box on both sides of the line that ends there: the symbol's own wall, where a
 * person or a network drew the box to the middle of the stroke. Such pieces lead nowhere, and stay beside the box.
 */
export function dropWalls(skeleton: WorkingSkeleton, boxes: readonly Box[], unitPx: number): void {
  const reach = NEAR * unitPx + 2;
  const grid = createBoxGrid(boxes);
  const { knots, branches } = skeleton.trace;
  for (const { x, y, ends } of knots) {
    if (ends.length < 3) continue;
    const near = grid
      .near(growBox([x, y, 0, 0], reach))
      .filter((index) => distanceToBox([x, y], boxes[index]!) <= reach);
    const walls = ends.filter(({ branch: index, end }) => {
      const branch = branches[index]!;
      const far = knots[end === 0 ? branch.to : branch.from]!;
      return far.ends.length === 1 && near.some((box) => isWall(branch, boxes[box]!, reach));
    });
    // A line must be left that ends here.
    if (walls.length < ends.length) for (const { branch } of walls) skeleton.eraseBranch(branch);
  }
  skeleton.settle();
}

/** Whether a branch stays near a box and runs along one of its sides. */
function isWall({ points }: Branch, box: Box, reach: number): boolean {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let k = 0; k < points.length; k += 2) {
    const [x, y]: Point = [points[k]!, points[k + 1]!];
    if (distanceToBox([x, y], box) > reach) return false;
    [left, right, top, bottom] = [
      Math.min(left, x),
      Math.max(right, x),
      Math.min(top, y),
      Math.max(bottom, y),
    ];
  }
  const beside = left < box[0] + reach || right > box[0] + box[2] - reach;
  const above = top < box[1] + reach || bottom > box[1] + box[3] - reach;
  const [across, down] = [right - left, bottom - top];
  return (beside && down >= SLIM * across) || (above && across >= SLIM * down);
}
