import { foreground, type Padded } from "../geometry/padded.ts";
import { traceField } from "../trace/trace-skeleton.ts";

/**
 * Clears lone dots, short lone pieces and tiny rings up to `limitPx` long that no symbol holds: rests of text and noise. To be run
 * after gaps are closed, when the dots of a dotted line are no longer alone.
 */
export function removeSpecks(
  field: Padded,
  limitPx: number,
  isAnchored: (x: number, y: number) => boolean,
): number {
  const { data, stride } = field;
  const { knots, branches } = traceField(field, foreground(field));
  let removed = 0;
  for (const knot of knots) {
    if (knot.ends.length > 0) continue;
    for (const at of knot.pixels) data[at] = 0;
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
      data[(branch.points[k + 1]! + 1) * stride + branch.points[k]! + 1] = 0;
    removed++;
  }
  return removed;
}
