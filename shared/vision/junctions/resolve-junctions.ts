import { classifyGeometric, dotSurplus } from "./classify-geometric.ts";
import { pairArms } from "./pair-arms.ts";
import type { Junction, JunctionCandidate, JunctionKind } from "./types.ts";

export interface ResolveOptions {
  lineWidthPx: number;
  /** Class probabilities per candidate, in the order of `names`; null where the network was not asked. */
  probabilities?: readonly (ArrayLike<number> | null | undefined)[];
  /** The network's classes. @default tee, cross, bridge, plain, bend, none */
  names?: readonly string[];
  /** The network decides where it is at least this sure; geometry does elsewhere. @default 0.8 */
  trust?: number;
}

const NAMES = ["tee", "cross", "bridge", "plain", "bend", "none"];

/** Where nothing is seen of a dot, the network must be this sure that lines which pass join. */
const AGAINST_INK = 0.9;

/** Kinds that fit a number of arms: a network's word for a kind the skeleton rules out carries no weight. */
function possible(arms: number): JunctionKind[] {
  if (arms <= 2) return ["bend"];
  if (arms === 3) return ["tee"];
  return ["cross", "bridge", "plain"];
}

/** Decides the kind of every candidate, from the network where it is sure and from geometry elsewhere, and pairs its arms. */
export function resolveJunctions(
  candidates: readonly JunctionCandidate[],
  options: ResolveOptions,
): Junction[] {
  const names = options.names ?? NAMES;
  const trust = options.trust ?? 0.8;
  return candidates.map((candidate, index) => {
    let { kind, score } = classifyGeometric(candidate, options);
    const kinds = possible(candidate.arms.length);
    const probabilities = options.probabilities?.[index];
    if (probabilities && kinds.length > 1) {
      const shares = kinds.map((name) => probabilities[names.indexOf(name)] ?? 0);
      const total = shares.reduce((a, b) => a + b, 0);
      const best = shares.indexOf(Math.max(...shares));
      // Below half, the network saw something that cannot be here: then it knows nothing about this place.
      const dotless =
        kinds[best] === "cross" &&
        kind === "plain" &&
        candidate.dotRadiusPx > 0 &&
        dotSurplus(candidate, options.lineWidthPx).surplusPx <= 0;
      const needed = dotless ? Math.max(trust, AGAINST_INK) : trust;
      if (total > 0.5 && shares[best]! / total >= needed) {
        kind = kinds[best]!;
        score = shares[best]! / total;
      }
    }
    return { at: candidate.at, kind, score, arms: candidate.arms, continues: pairArms(candidate.arms, kind) };
  });
}
