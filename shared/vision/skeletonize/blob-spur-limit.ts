import type { Mask } from "../geometry/types.ts";
import { clearance } from "../junctions/measure-ink.ts";
import type { Branch, Knot } from "../trace/trace-skeleton.ts";

/** A blob: ink whose largest disc has a radius of this many line widths (half a width is a line, 0.71 a plain crossing). */
const THICK = 0.9;
/** The corner of a triangle lies about twice as far from the middle of its largest disc as the rim does. */
const CORNER = 2.4;

/**
 * How long a spur may be and still be an artefact of thinning: the skeleton of a filled arrow head or dot runs out to its
 * corners, and these lengths follow from the blob, not from the width of lines. 0 where there is no blob.
 * Source of the idea, that a spur is judged by the largest disc at its base: Shaked & Bruckstein, "Pruning medial axes", 1998.
 */
export function blobSpurLimit(ink: Mask, lineWidthPx: number): (branch: Branch, base: Knot) => number {
  const farthest = 6 * lineWidthPx;
  return ({ points, length }, base) => {
    if (length > CORNER * farthest) return 0;
    let radius = clearance(ink, Math.round(base.x), Math.round(base.y), farthest);
    for (let k = 0; k < points.length; k += 4)
      radius = Math.max(radius, clearance(ink, points[k]!, points[k + 1]!, farthest));
    return radius >= THICK * lineWidthPx + 0.5 ? CORNER * radius : 0;
  };
}
