import type { LineProfile } from "./line-profile.ts";

/** An arrow head on a line: index of its base on the path, and which way along the path it points. */
export interface ArrowHead {
  at: number;
  direction: 1 | -1;
}

/** Lengths of heads looked for, in line widths, and at least and at most in px. */
const LENGTHS = [2, 2.5, 3, 4, 5, 6.5, 8];
const SHORTEST = 6;
/** Height of a head, all across, as a share of its length: at least and at most. */
const SLIM = 0.35;
const BROAD = 1.7;
/** A head's base stands out of its line by this much on each side, px and in line widths. */
const OUT_PX = 0.9;
const OUT_WIDTHS = 0.25;
/** Pixels at the ends of a path that are not looked at beside a head. */
const EDGE = 3;
/** Share of a window's energy that may differ from the shape of a head. */
const MISFIT = 0.16;
/** The half of a head towards its base holds this much more of it than the other; a dot's halves are alike. */
const LEANING = 1.5;
/** What stands out of the line by less than this share of the base is no part of the head. */
const RIM = 0.2;
/** The lesser side of a head has this share of the ink of the greater one. */
const EVEN = 0.55;

/**
 * Finds filled arrow heads on a line by their shape alone: the ink's reach grows evenly on both sides from the tip to the base
 * and falls back to the line at once. A least-squares fit of a triangle in a window around every place; dots, tees, slashes and
 * specks do not fit, whatever their ink.
 * @param profile ink reach to both sides along the path @param lineWidthPx the line's own width
 */
export function findArrowHeads({ left, right }: LineProfile, lineWidthPx: number): ArrowHead[] {
  // On a line hardly longer than its arrow the median is that of the arrow.
  const widest = lineWidthPx / 2 + 0.5;
  const [baseLeft, baseRight] = [Math.min(median(left), widest), Math.min(median(right), widest)];
  const count = left.length;
  const excess = Float32Array.from(left, (value, k) => value - baseLeft + right[k]! - baseRight);
  const least = 2 * Math.max(OUT_PX, OUT_WIDTHS * lineWidthPx);
  const found: (ArrowHead & { misfit: number; length: number })[] = [];
  const lengths = [...new Set(LENGTHS.map((widths) => Math.max(SHORTEST, Math.round(widths * lineWidthPx))))];
  for (let at = 0; at < count; at++) {
    if (!(excess[at]! >= 0.6 * least)) continue;
    for (const length of lengths)
      for (const direction of [1, -1] as const) {
        const misfit = misfitOf(at, length, direction);
        if (misfit > MISFIT) continue;
        if (leaning(at, direction) >= LEANING) found.push({ at, direction, misfit, length });
      }
  }
  // Of fits that overlap the best is the head.
  found.sort((a, b) => a.misfit - b.misfit);
  const heads: (ArrowHead & { length: number })[] = [];
  for (const head of found)
    if (heads.every((other) => Math.abs(other.at - head.at) > Math.max(other.length, head.length)))
      heads.push(head);
  return heads.map(({ at, direction }) => ({ at, direction }));

  /** How much more of what stands out around `at` lies in its half towards the base. */
  function leaning(at: number, direction: 1 | -1): number {
    const rim = RIM * excess[at]!;
    let [back, tip] = [at, at];
    while (excess[back - direction]! > rim) back -= direction;
    while (excess[tip + direction]! > rim) tip += direction;
    const halves = [0, 0];
    const size = Math.abs(tip - back) + 1;
    for (let j = 0; j < size; j++) halves[j < size / 2 ? 0 : 1]! += excess[back + direction * j]!;
    return halves[0]! / Math.max(halves[1]!, 1e-6);
  }

  /** Share of the energy around a base at `at` that is no triangle pointing `direction`; 1 where there is none. */
  function misfitOf(at: number, length: number, direction: 1 | -1): number {
    const margin = Math.max(3, Math.round(0.3 * length));
    let [product, shape, energy, ink] = [0, 0, 0, 0];
    const sides = [0, 0];
    for (let j = -margin; j < length + margin; j++) {
      const k = at + direction * j;
      const beside = j < 0 || j >= length;
      // The last pixels of a path lie at a symbol's border or in a junction: there is no room for a margin.
      if (beside && (k < EDGE || k >= count - EDGE)) continue;
      if (k < 0 || k >= count) return 1;
      const value = excess[k]!;
      if (Number.isNaN(value)) return 1;
      const expected = beside ? 0 : 1 - (j + 0.5) / length;
      product += value * expected;
      shape += expected * expected;
      energy += value * value;
      if (expected > 0) {
        sides[0]! += left[k]! - baseLeft;
        sides[1]! += right[k]! - baseRight;
        ink += value;
      }
    }
    const height = product / shape;
    const across = height + baseLeft + baseRight + 1;
    if (height < least || ink <= 0 || across < SLIM * length || across > BROAD * length) return 1;
    if (Math.min(sides[0]!, sides[1]!) < EVEN * Math.max(sides[0]!, sides[1]!)) return 1;
    return (energy - height * product) / energy;
  }
}

function median(values: Float32Array): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  return sorted[sorted.length >> 1] ?? 0;
}
