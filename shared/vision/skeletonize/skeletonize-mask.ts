import { measuringUnit } from "../geometry/measuring-unit.ts";
import { foreground, pad } from "../geometry/padded.ts";
import type { Box, Mask, Point } from "../geometry/types.ts";
import { estimateLineWidth } from "../mask/estimate-line-width.ts";
import { touchesMask } from "../mask/touches-mask.ts";
import { barbLimit, barbsInside } from "./barb-limit.ts";
import { blobSpurLimit } from "./blob-spur-limit.ts";
import { bridgeGaps } from "./bridge-gaps.ts";
import { fillPinholes } from "./fill-pinholes.ts";
import { pruneSpurs } from "./prune-spurs.ts";
import { removeClouds } from "./remove-clouds.ts";
import { removeMarks } from "./remove-marks.ts";
import { removeRings } from "./remove-rings.ts";
import { removeSpecks } from "./remove-specks.ts";
import { smoothBorder } from "./smooth-border.ts";
import { WorkingSkeleton } from "./working-skeleton.ts";

export interface SkeletonOptions {
  /** Typical width of the lines, px; estimated from the mask when absent. */
  lineWidthPx?: number;
  /** Texts and arrow heads a line may run under: a gap under one of them closes. */
  coverBoxes?: readonly Box[];
  /** Arrow heads among them: slanted spurs inside are their barbs. */
  arrowBoxes?: readonly Box[];
  /** Branches that lead to no symbol go up to this many line widths. @default 2 */
  spurWidths?: number;
  /** Strokes across a line (double slash, x) up to this many line widths on a side go; 0 keeps them. @default 7 */
  markWidths?: number;
  /** Pieces up to this many line widths that lead nowhere go. @default 4 */
  speckWidths?: number;
  /** Whether gaps are closed at all. @default true */
  bridge?: boolean;
}

export interface SkeletonResult {
  skeleton: Mask;
  /** Typical line width, as given or estimated, px; 0 for an empty mask. */
  lineWidthPx: number;
  /** Segments drawn across gaps. */
  bridges: [Point, Point][];
  spursPruned: number;
}

/**
 * Full skeletonization: thins the pipe mask, prunes spurs and marks, closes the gaps of dashes, texts and crossings, and
 * leads every line up to the symbol it points at. It never leads a line through a symbol.
 */
export function skeletonizeFull(
  pipeMask: Mask,
  nodeMask: Mask,
  options: SkeletonOptions = {},
): SkeletonResult {
  if (nodeMask.width !== pipeMask.width || nodeMask.height !== pipeMask.height)
    throw new RangeError(
      `pipe mask is ${pipeMask.width} × ${pipeMask.height}, node mask ${nodeMask.width} × ${nodeMask.height}; they must match`,
    );
  return run(pipeMask, nodeMask, options);
}

/** Simple skeletonization of a mask a person corrected: the same, but knowing nothing about symbols. */
export function skeletonizeSimple(pipeMask: Mask, options: SkeletonOptions = {}): SkeletonResult {
  return run(pipeMask, undefined, options);
}

function run(pipeMask: Mask, nodes: Mask | undefined, options: SkeletonOptions): SkeletonResult {
  const lineWidthPx = options.lineWidthPx ?? estimateLineWidth(pipeMask);
  const field = pad(pipeMask);
  let pixels = foreground(field);
  if (lineWidthPx > 0) {
    if (fillPinholes(field, pixels, Math.max(2, lineWidthPx * lineWidthPx)) > 0) pixels = foreground(field);
    pixels = smoothBorder(field, pixels);
  }
  const skeleton = WorkingSkeleton.thinning(field, pixels);
  if (lineWidthPx === 0) return { skeleton: skeleton.toMask(), lineWidthPx, bridges: [], spursPruned: 0 };
  const unitPx = measuringUnit(lineWidthPx);
  const isAnchored = (x: number, y: number) =>
    nodes !== undefined && touchesMask(nodes, x, y, 2 + unitPx / 2);
  const spurPx = (options.spurWidths ?? 2) * unitPx;
  const markPx = (options.markWidths ?? 7) * unitPx;
  removeRings(skeleton, unitPx);
  // Marks first: pruning could take one half of a stroke and leave the other, which then looks like a branch.
  let spursPruned = markPx > 0 ? removeMarks(skeleton, unitPx, markPx, isAnchored) : 0;
  // Before gaps are closed: the corners of arrow heads would reach out to the symbols they point at.
  spursPruned += pruneSpurs(skeleton, blobSpurLimit(pipeMask, lineWidthPx), isAnchored);
  let bridges: [Point, Point][] = [];
  if (options.bridge !== false) {
    // The stub beyond a gap near a junction looks like a spur until the gap is closed.
    spursPruned += pruneSpurs(skeleton, Math.min(unitPx, spurPx), isAnchored);
    removeClouds(skeleton, unitPx);
    // Barbs point at what stands beside the line, and would be led there.
    spursPruned += pruneSpurs(skeleton, barbsInside(options.arrowBoxes ?? [], unitPx), () => false);
    bridges = bridgeGaps(skeleton, { lineWidthPx: unitPx, nodes, coverBoxes: options.coverBoxes });
    removeRings(skeleton, unitPx);
    removeSpecks(skeleton, (options.speckWidths ?? 4) * unitPx, isAnchored);
  }
  spursPruned += pruneSpurs(skeleton, spurPx > 0 ? barbLimit(spurPx, unitPx) : 0, isAnchored);
  removeClouds(skeleton, unitPx);
  return { skeleton: skeleton.toMask(), lineWidthPx, bridges, spursPruned };
}
