import { createBoxGrid } from "../geometry/box-grid.ts";
import { iou } from "../geometry/boxes.ts";
import type { Box } from "../geometry/types.ts";
import { type Counts, counts } from "./counts.ts";
import { matchPairs } from "./match-pairs.ts";

export interface BoxItem {
  bbox: Box;
  class?: string;
}

export interface BoxMatchOptions {
  /** Overlap from which two boxes are the same symbol. @default 0.5 */
  iou?: number;
  /** Whether a match needs the same class. @default false */
  classRequired?: boolean;
}

export interface BoxScores {
  /** Index pairs [truth, predicted]. */
  pairs: [number, number][];
  counts: Counts;
  /** Share of the matches whose class is right; 1 without matches. */
  classAccuracy: number;
}

/** Matches predicted boxes with true ones, best overlap first, and scores them. */
export function matchBoxes(
  truth: readonly BoxItem[],
  predicted: readonly BoxItem[],
  options: BoxMatchOptions = {},
): BoxScores {
  const limit = options.iou ?? 0.5;
  const grid = createBoxGrid(predicted.map((item) => item.bbox));
  const candidates = truth.flatMap((item, t) =>
    grid
      .near(item.bbox)
      .map((p) => ({ truth: t, predicted: p, worth: iou(item.bbox, predicted[p]!.bbox) }))
      .filter(
        (c) => c.worth >= limit && (!options.classRequired || item.class === predicted[c.predicted]!.class),
      ),
  );
  const pairs = matchPairs(candidates);
  const right = pairs.filter(([t, p]) => truth[t]!.class === predicted[p]!.class).length;
  return {
    pairs,
    counts: counts(pairs.length, predicted.length, truth.length),
    classAccuracy: pairs.length === 0 ? 1 : right / pairs.length,
  };
}
