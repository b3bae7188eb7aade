import type { Point } from "../geometry/types.ts";
import type { JunctionKind } from "./types.ts";

/** Angle by which a line turns when it enters by one arm and leaves by the other, rad: 0 is straight on. */
export function turnBetween(a: Point, b: Point): number {
  return Math.acos(Math.max(-1, Math.min(1, -(a[0] * b[0] + a[1] * b[1]))));
}

/** A line may turn by this much inside a junction and still count as going on, rad. */
const STRAIGHT = 0.7;

/**
 * Which arms continue into which. At a crossing of four arms (sorted by angle) each line goes on in the opposite arm,
 * also where an arc makes the angle large; otherwise the straightest pairs, best first.
 */
export function pairArms(arms: readonly Point[], kind: JunctionKind): [number, number][] {
  if (kind === "bend") return arms.length === 2 ? [[0, 1]] : [];
  if ((kind === "plain" || kind === "bridge") && arms.length === 4)
    return [
      [0, 2],
      [1, 3],
    ];
  const candidates: { pair: [number, number]; turn: number }[] = [];
  for (let a = 0; a < arms.length; a++)
    for (let b = a + 1; b < arms.length; b++)
      candidates.push({ pair: [a, b], turn: turnBetween(arms[a]!, arms[b]!) });
  candidates.sort((p, q) => p.turn - q.turn);
  const used = new Set<number>();
  const pairs: [number, number][] = [];
  for (const { pair, turn } of candidates) {
    if (turn > STRAIGHT || used.has(pair[0]) || used.has(pair[1])) continue;
    used.add(pair[0]).add(pair[1]);
    pairs.push(pair);
    if (kind === "tee") break;
  }
  return pairs;
}
