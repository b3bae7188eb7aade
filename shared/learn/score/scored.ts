import { PermanentError } from "#shared/errors";
import type { Scored, ScoreUnit } from "../types.ts";

/**
 * Puts a score together from what each sheet adds to it; its error is found by leaving out one sheet at a time (jackknife), since
 * items of one sheet are right or wrong together.
 * @throws PermanentError `EMPTY_HOLDOUT` when no sheet has anything to judge
 */
export function scored(units: readonly ScoreUnit[], metrics: Record<string, number>): Scored {
  const used = units.filter(({ weight }) => weight > 0);
  if (used.length === 0)
    throw new PermanentError(
      "EMPTY_HOLDOUT",
      `the hold-out has ${units.length} sheets and nothing on them this model could be judged by`,
    );
  const finite = Object.entries(metrics).filter(([, value]) => Number.isFinite(value));
  const { value, se } = jackknife(used.map(({ sum, weight }) => [sum, weight]));
  return { score: value, se, metrics: Object.fromEntries(finite), units: used };
}

/**
 * Compares two scores of the same hold-out sheet by sheet: what is hard for both does not hide the difference.
 * @returns by how much `a` is better, and the standard error of that; sheets only one of them has are left out
 */
export function compareScores(a: Scored, b: Scored): { difference: number; se: number } {
  const others = new Map(b.units.map((unit) => [unit.uid, unit]));
  const pairs = a.units.flatMap((unit): [number, number][] => {
    const other = others.get(unit.uid);
    return other ? [[unit.sum - (other.sum * unit.weight) / other.weight, unit.weight]] : [];
  });
  if (pairs.length === 0) return { difference: 0, se: Number.POSITIVE_INFINITY };
  const { value, se } = jackknife(pairs);
  return { difference: value, se };
}

/** Σ sum / Σ weight and its standard error. One sheet alone says nothing about the error. */
function jackknife(pairs: readonly (readonly [number, number])[]): { value: number; se: number } {
  const sum = pairs.reduce((total, [s]) => total + s, 0);
  const weight = pairs.reduce((total, [, w]) => total + w, 0);
  const value = sum / weight;
  const n = pairs.length;
  if (n < 2) return { value, se: Number.POSITIVE_INFINITY };
  const left = pairs.map(([s, w]) => (weight - w > 0 ? (sum - s) / (weight - w) : value));
  const mean = left.reduce((a, b) => a + b, 0) / n;
  const spread = left.reduce((total, each) => total + (each - mean) ** 2, 0);
  return { value, se: Math.sqrt(((n - 1) / n) * spread) };
}
