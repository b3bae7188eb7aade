import type { Box } from "../geometry/types.ts";
import { rasteriseBoxes } from "../mask/rasterise-boxes.ts";
import { touchesMask } from "../mask/touches-mask.ts";
import { barbLimit } from "../skeletonize/barb-limit.ts";
import { bridgeGaps } from "../skeletonize/bridge-gaps.ts";
import { pruneSpurs } from "../skeletonize/prune-spurs.ts";
import { removeRings } from "../skeletonize/remove-rings.ts";
import { WorkingSkeleton } from "../skeletonize/working-skeleton.ts";
import type { SkeletonTrace } from "../trace/trace-skeleton.ts";
import { cutSymbols } from "./cut-symbols.ts";
import { dropWalls } from "./drop-walls.ts";
import type { GraphInput } from "./types.ts";

/**
 * Brings a skeleton into the form the graph needs and traces it: parted at symbols, led up to them and on under texts and
 * arrows, without spurs. A skeleton from `skeletonizeFull` over the same symbols hardly changes; one a person corrected, or
 * one made before the symbols were known, does.
 */
export function prepareSkeleton(
  input: Pick<GraphInput, "skeleton" | "coverBoxes">,
  boxes: readonly Box[],
  arrows: readonly Box[],
  unitPx: number,
): SkeletonTrace {
  const { width, height } = input.skeleton;
  const skeleton = WorkingSkeleton.from(input.skeleton);
  const nodes = rasteriseBoxes(width, height, boxes);
  cutSymbols(skeleton, boxes, unitPx);
  dropWalls(skeleton, boxes, unitPx);
  bridgeGaps(skeleton, { lineWidthPx: unitPx, nodes, coverBoxes: [...(input.coverBoxes ?? []), ...arrows] });
  removeRings(skeleton, unitPx);
  pruneSpurs(skeleton, barbLimit(3 * unitPx, unitPx), (x, y) => touchesMask(nodes, x, y, 2 + unitPx / 2));
  return skeleton.trace;
}
