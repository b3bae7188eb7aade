import { foreground, type Padded } from "../geometry/padded.ts";
import { traceField } from "../trace/trace-skeleton.ts";
import { thinField } from "./thin.ts";

export interface PruneLimits {
  /** A branch with a free end no longer than this, measured from its junction, is a spur, px. */
  spurPx: number;
  /**
   * Marks across a line (the strokes of a double-slash or crossed line) are pairs of free branches no longer than this on
   * both sides of it, oblique to it, px. 0 keeps them.
   */
  markPx: number;
  /** Tells a free end that must stay, such as one at a symbol. */
  isAnchored(x: number, y: number): boolean;
}

/**
 * Removes spurs again and again until none is left: a removed spur may leave its junction a plain piece of line, and two
 * short branches one short enough to go. Returns how many branches went.
 */
export function pruneSpurs(field: Padded, limits: PruneLimits): number {
  let pruned = 0;
  for (let round = 0; round < 10; round++) {
    const pixels = foreground(field);
    const { knots, branches } = traceField(field, pixels);
    const doomed = new Set<number>();
    for (const knot of knots) {
      if (knot.ends.length < 3) continue;
      const spurs = knot.ends
        .map(({ branch }) => branch)
        .filter((index) => {
          const branch = branches[index]!;
          if (branch.from === branch.to) return false;
          const far = knots[branch.from]!.ends.length === 1 ? knots[branch.from]! : knots[branch.to]!;
          return far !== knot && far.ends.length === 1 && !limits.isAnchored(far.x, far.y);
        })
        .sort((a, b) => branches[a]!.length - branches[b]!.length);
      // Two arms always stay: where all are short, the thing is a blob and not a junction.
      let left = knot.ends.length;
      for (const index of spurs)
        if (left > 2 && branches[index]!.length <= limits.spurPx) {
          doomed.add(index);
          left--;
        }
      if (limits.markPx > 0 && left >= 4)
        for (const index of markPairs(knot, spurs, branches, limits.markPx)) doomed.add(index);
    }
    if (doomed.size === 0) break;
    pruned += doomed.size;
    for (const index of doomed)
      erase(field, branches[index]!.points, knots[branches[index]!.from]!.ends.length === 1);
    thinField(field, foreground(field));
  }
  return pruned;
}

/** Pairs of short free branches that continue each other straight through a knot two longer arms run through obliquely. */
function markPairs(
  knot: { x: number; y: number; ends: { branch: number; end: 0 | 1 }[] },
  spurs: number[],
  branches: { points: Int32Array; length: number }[],
  markPx: number,
): number[] {
  const away = (index: number, end: 0 | 1): number => {
    const { points } = branches[index]!;
    const reach = Math.min(points.length / 2 - 1, Math.ceil(markPx));
    const at = end === 0 ? reach : points.length / 2 - 1 - reach;
    return Math.atan2(points[2 * at + 1]! - knot.y, points[2 * at]! - knot.x);
  };
  const arms = knot.ends.map(({ branch, end }) => ({
    branch,
    angle: away(branch, end),
    short: spurs.includes(branch) && branches[branch]!.length <= markPx,
  }));
  const long = arms.filter((arm) => !arm.short);
  if (long.length !== 2 || turn(long[0]!.angle, long[1]!.angle) > 0.35) return [];
  const found: number[] = [];
  for (const a of arms)
    for (const b of arms) {
      if (a.branch >= b.branch || !a.short || !b.short) continue;
      const slant = Math.abs(Math.cos(a.angle - long[0]!.angle));
      if (turn(a.angle, b.angle) < 0.5 && slant > 0.3) found.push(a.branch, b.branch);
    }
  return found;
}

/** How far two outgoing directions are from continuing each other straight, rad: 0 opposite, π same direction. */
function turn(a: number, b: number): number {
  return Math.abs(Math.PI - Math.abs(Math.atan2(Math.sin(a - b), Math.cos(a - b))));
}

/** Clears a branch but not the knot pixel at its junction. */
function erase(field: Padded, points: Int32Array, freeAtStart: boolean): void {
  const count = points.length / 2;
  for (let k = freeAtStart ? 0 : 1; k < (freeAtStart ? count - 1 : count); k++)
    field.data[(points[2 * k + 1]! + 1) * field.stride + points[2 * k]! + 1] = 0;
}
