import { createBoxGrid } from "../geometry/box-grid.ts";
import { boxCenter } from "../geometry/boxes.ts";
import type { Box, Point } from "../geometry/types.ts";

/** Two parts of one pipe run that touch, with no line between them. */
export interface Touch {
  /** Indices of the boxes, and where the first and the second meet, sheet px. */
  pair: [number, number];
  points: [Point, Point];
}

/** A part of a run has a pipe on either side. */
const SIDES = 2;
/** Boxes of detected parts may overlap by this share of the smaller one. */
const OVERLAP = 0.25;

/**
 * Finds the parts of a pipe run that are drawn against each other, as flange, valve, flange, reducer are in plant design
 * exports: nothing but their boxes shows that they are connected. They must lie in line, both must have a side left
 * that no line ends at, and the nearest go first, so that parts of two runs side by side, which have their lines, stay apart.
 * @param boxes of parts, sheet px @param lines how many lines end at each part
 */
export function joinTouching(boxes: readonly Box[], lines: readonly number[], unitPx: number): Touch[] {
  const reach = Math.max(3, 1.5 * unitPx);
  const grid = createBoxGrid(boxes);
  const found: (Touch & { gap: number })[] = [];
  boxes.forEach((box, first) => {
    for (const second of grid.near([
      box[0] - reach,
      box[1] - reach,
      box[2] + 2 * reach,
      box[3] + 2 * reach,
    ])) {
      if (second <= first) continue;
      for (const axis of [0, 1] as const) {
        const touch = meeting(box, boxes[second]!, axis, reach);
        if (touch) found.push({ pair: [first, second], ...touch });
      }
    }
  });
  const used = [...lines];
  return found
    .sort((a, b) => a.gap - b.gap)
    .filter(({ pair: [a, b] }) => {
      if (used[a]! >= SIDES || used[b]! >= SIDES) return false;
      used[a]!++;
      used[b]!++;
      return true;
    })
    .map(({ pair, points }) => ({ pair, points }));
}

/** Where two boxes meet along an axis (0 across, 1 down), if their ends do and one's middle lies within the other's side. */
function meeting(
  a: Box,
  b: Box,
  axis: 0 | 1,
  reach: number,
): { points: [Point, Point]; gap: number } | undefined {
  const other = (1 - axis) as 0 | 1;
  const size = [2, 3] as const;
  const [near, far] = a[axis] + a[size[axis]] / 2 <= b[axis] + b[size[axis]] / 2 ? [a, b] : [b, a];
  const gap = far[axis] - (near[axis] + near[size[axis]]);
  if (gap > reach || -gap > OVERLAP * Math.min(a[size[axis]], b[size[axis]])) return undefined;
  const lesser = a[size[other]] <= b[size[other]] ? a : b;
  const greater = lesser === a ? b : a;
  const middle = boxCenter(lesser)[other];
  if (middle < greater[other] || middle > greater[other] + greater[size[other]]) return undefined;
  const point = (along: number): Point => (axis === 0 ? [along, middle] : [middle, along]);
  const [end, start] = [point(near[axis] + near[size[axis]]), point(far[axis])];
  return { points: near === a ? [end, start] : [start, end], gap: Math.abs(gap) };
}
