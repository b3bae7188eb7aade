import type { WorkingSkeleton } from "./working-skeleton.ts";

/**
 * Clears lone dots, short lone pieces and tiny rings up to `limitPx` long that no symbol holds: rests of text and noise. To be run
 * after gaps are closed, when the dots of a dotted line are no longer alone.
 */
export function removeSpecks(
  skeleton: WorkingSkeleton,
  limitPx: number,
  isAnchored: (x: number, y: number) => boolean,
): number {
  const { knots, branches } = skeleton.trace;
  const { stride } = skeleton.field;
  let removed = 0;
  for (const knot of knots) {
    if (knot.ends.length > 0) continue;
    for (const at of knot.pixels) skeleton.erase((at % stride) - 1, Math.floor(at / stride) - 1);
    removed++;
  }
  for (const branch of branches) {
    if (branch.length > limitPx) continue;
    if (branch.from >= 0) {
      const [a, b] = [knots[branch.from]!, knots[branch.to]!];
      if (a.ends.length !== 1 || b.ends.length !== 1) continue;
      if (isAnchored(a.x, a.y) || isAnchored(b.x, b.y)) continue;
    }
    for (let k = 0; k < branch.points.length; k += 2)
      skeleton.erase(branch.points[k]!, branch.points[k + 1]!);
    removed++;
  }
  skeleton.settle();
  return removed;
}
