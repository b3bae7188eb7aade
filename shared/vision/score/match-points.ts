import { createBoxGrid } from "../geometry/box-grid.ts";
import type { Box, Point } from "../geometry/types.ts";
import { matchPairs } from "./match-pairs.ts";

/** Matches points one to one within a distance, nearest first. @returns index pairs [truth, predicted] */
export function matchPoints(
  truth: readonly Point[],
  predicted: readonly Point[],
  tolerancePx: number,
  compatible: (truth: number, predicted: number) => boolean = () => true,
): [number, number][] {
  const grid = createBoxGrid(predicted.map((p): Box => [p[0], p[1], 0, 0]));
  const candidates = truth.flatMap(([x, y], t) =>
    grid
      .near([x - tolerancePx, y - tolerancePx, 2 * tolerancePx, 2 * tolerancePx])
      .map((p) => ({
        truth: t,
        predicted: p,
        worth: -Math.hypot(predicted[p]![0] - x, predicted[p]![1] - y),
      }))
      .filter((c) => c.worth >= -tolerancePx && compatible(t, c.predicted)),
  );
  return matchPairs(candidates);
}
