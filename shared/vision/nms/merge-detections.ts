import { createBoxGrid } from "../geometry/box-grid.ts";
import { ios, iou } from "../geometry/boxes.ts";
import type { Box } from "../geometry/types.ts";
import type { Detection } from "./detection.ts";

export interface MergeOptions {
  /** Overlap measure: intersection over the smaller box, or over the union. @default "ios" */
  metric?: "ios" | "iou";
  /** Overlap at which two claims of one class are one. @default 0.5 */
  threshold?: number;
  /** Family of a class (valves, pumps, …); claims of one family on one place become one. No second pass without it. */
  familyOf?: (classIndex: number) => string | undefined;
  /** Overlap at which two claims of one family are one. @default 0.5 */
  familyThreshold?: number;
  /**
   * Families only: the smaller box must have at least this share of the larger one's area, so that a flange beside a
   * reducer is not swallowed by it. @default 0.25
   */
  familyMinAreaRatio?: number;
}

/**
 * Merges overlapping claims of sliced inference into one per symbol: greedy non-maximum merging, class-aware, where the
 * surest claim absorbs what overlaps it and grows to cover it (a symbol cut by a slice border is whole again); then a
 * second pass inside class families keeps the surest claim and its box.
 * Source: GREEDYNMM of Akyon et al., "Slicing Aided Hyper Inference", ICIP 2022.
 */
export function mergeDetections<T extends Detection>(
  detections: readonly T[],
  options: MergeOptions = {},
): T[] {
  const overlap = options.metric === "iou" ? iou : ios;
  const threshold = options.threshold ?? 0.5;
  const merged = greedyMerge(detections, {
    same: (a, b) => a.classIndex === b.classIndex,
    matches: (a, b) => overlap(a, b) >= threshold,
    grow: true,
  });
  const { familyOf } = options;
  if (!familyOf) return merged;
  const familyThreshold = options.familyThreshold ?? threshold;
  const minRatio = options.familyMinAreaRatio ?? 0.25;
  return greedyMerge(merged, {
    same: (a, b) => {
      const family = familyOf(a.classIndex);
      return family !== undefined && family === familyOf(b.classIndex);
    },
    matches: (a, b) => areaRatio(a, b) >= minRatio && overlap(a, b) >= familyThreshold,
    grow: false,
  });
}

interface Rules {
  same(a: Detection, b: Detection): boolean;
  matches(a: Box, b: Box): boolean;
  /** Whether the keeper grows to the union of what it absorbs. */
  grow: boolean;
}

function greedyMerge<T extends Detection>(detections: readonly T[], rules: Rules): T[] {
  const order = detections.filter(({ bbox }) => bbox[2] > 0 && bbox[3] > 0).sort((a, b) => b.score - a.score);
  const grid = createBoxGrid(order.map((d) => d.bbox));
  const taken = new Uint8Array(order.length);
  const kept: T[] = [];
  order.forEach((keeper, index) => {
    if (taken[index]) return;
    taken[index] = 1;
    let bbox = keeper.bbox;
    for (const other of grid.near(bbox)) {
      const claim = order[other]!;
      if (taken[other] || !rules.same(keeper, claim)) continue;
      // Both the first box and the grown one must match: a chain of neighbours must not snowball.
      if (!rules.matches(keeper.bbox, claim.bbox) || !rules.matches(bbox, claim.bbox)) continue;
      taken[other] = 1;
      if (rules.grow) bbox = union(bbox, claim.bbox);
    }
    kept.push({ ...keeper, bbox });
  });
  return kept;
}

function union(a: Box, b: Box): Box {
  const x = Math.min(a[0], b[0]);
  const y = Math.min(a[1], b[1]);
  return [x, y, Math.max(a[0] + a[2], b[0] + b[2]) - x, Math.max(a[1] + a[3], b[1] + b[3]) - y];
}

function areaRatio(a: Box, b: Box): number {
  const [small, large] = [a[2] * a[3], b[2] * b[3]].sort((p, q) => p - q) as [number, number];
  return small / large;
}
