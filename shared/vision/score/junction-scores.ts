import type { Point } from "../geometry/types.ts";
import type { JunctionKind } from "../junctions/types.ts";
import { type Counts, counts } from "./counts.ts";
import { matchPoints } from "./match-points.ts";

export interface JunctionItem {
  at: Point;
  kind: JunctionKind;
}

export interface JunctionScores {
  counts: Counts;
  /** Share of the matches whose kind is right; 1 without matches. */
  classAccuracy: number;
  /** Places where lines only pass, in truth. */
  crossings: number;
  /** How many of those were taken for a place where lines join. */
  crossingsJoined: number;
  /** What was not found, what is none, and pairs of [true, found] of different kinds. */
  missed: JunctionItem[];
  extra: JunctionItem[];
  wrong: [JunctionItem, JunctionItem][];
}

/**
 * Scores junctions: matched by place within a tolerance. Bends are left out: they do not join or part lines, and where a
 * corner begins is a matter of taste.
 */
export function junctionScores(
  truth: readonly JunctionItem[],
  predicted: readonly JunctionItem[],
  options: { tolerancePx: number },
): JunctionScores {
  const real = truth.filter((item) => item.kind !== "bend");
  const found = predicted.filter((item) => item.kind !== "bend");
  const pairs = matchPoints(
    real.map((item) => item.at),
    found.map((item) => item.at),
    options.tolerancePx,
  );
  const [seen, right] = [new Set(pairs.map(([t]) => t)), new Set(pairs.map(([, p]) => p))];
  const passes = (kind: JunctionKind) => kind === "plain" || kind === "bridge";
  return {
    counts: counts(pairs.length, found.length, real.length),
    classAccuracy:
      pairs.length === 0
        ? 1
        : pairs.filter(([t, p]) => real[t]!.kind === found[p]!.kind).length / pairs.length,
    crossings: real.filter((item) => passes(item.kind)).length,
    crossingsJoined: pairs.filter(([t, p]) => passes(real[t]!.kind) && !passes(found[p]!.kind)).length,
    missed: real.filter((_, t) => !seen.has(t)),
    extra: found.filter((_, p) => !right.has(p)),
    wrong: pairs
      .map(([t, p]): [JunctionItem, JunctionItem] => [real[t]!, found[p]!])
      .filter(([t, p]) => t.kind !== p.kind),
  };
}
