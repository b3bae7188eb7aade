import { gapWidths, isDash } from "./gap-limits.ts";
import type { LineEnd } from "./line-ends.ts";

/** Runs of up to this many tiny pieces that lead nowhere are noise; a dotted line has more dots. */
const FEW = 2;

/**
 * Leaves out pairs that only string specks together: a run of one or two tiny pieces between a solid line and nothing. A
 * run that goes on from a dash, that leads to another line, or that a symbol holds, may be part of a line and stays.
 * @param open which ends no symbol holds
 */
export function dropDanglingRests(
  pairs: readonly [number, number][],
  ends: readonly LineEnd[],
  open: Uint8Array,
  lineWidthPx: number,
): [number, number][] {
  const partner = new Map<number, number>();
  for (const [a, b] of pairs) partner.set(a, b).set(b, a);
  const isRest = (end: LineEnd) => end.loose && end.lengthPx <= gapWidths.rest * lineWidthPx;
  /** Follows a run of rests outwards from an end; tells how many there are, and whether it ends at nothing or at a dash. */
  const follow = (start: number): { rests: number; dangles: boolean; dashed: boolean } => {
    let rests = 0;
    let at = start;
    while (isRest(ends[at]!)) {
      if (++rests > FEW) return { rests, dangles: false, dashed: false };
      const other = ends[at]!.other;
      const next = partner.get(other);
      if (next === undefined) return { rests, dangles: open[other] === 1, dashed: false };
      at = next;
    }
    return { rests, dangles: false, dashed: isDash(ends[at]!, lineWidthPx) };
  };
  return pairs.filter(([a, b]) => {
    const [back, ahead] = [follow(a), follow(b)];
    if (back.dashed || ahead.dashed) return true;
    return !((back.dangles || ahead.dangles) && back.rests + ahead.rests <= FEW);
  });
}
