import { compareScores, type Scored } from "#shared/learn";

/** What a candidate is compared with: the live model, or the naive way where nothing is live. */
export interface Rival {
  /** `live v3`, `the naive way (majority class)`. */
  name: string;
  scored: Scored;
}

/** Whether a candidate is better, and why, with the numbers. */
export interface Verdict {
  better: boolean;
  reason: string;
}

const shown = (value: number) => (Number.isFinite(value) ? value.toFixed(4) : "unknown");

/**
 * Compares a candidate with its rival, sheet by sheet on the same hold-out. It is better when it leads by more than noise:
 * by more than so many standard errors of the paired difference (jackknife over sheets). One sheet alone shows no noise, so
 * nothing is better on it.
 */
export function verdict(candidate: Scored, rival: Rival, standardErrors: number): Verdict {
  const { difference, se } = compareScores(candidate, rival.scored);
  const better = difference > 0 && Number.isFinite(se) && difference > standardErrors * se;
  const numbers = `${shown(candidate.score)} against ${shown(rival.scored.score)} of ${rival.name} on ${candidate.units.length} sheets: difference ${shown(difference)}, standard error ${shown(se)}`;
  const rule = `${standardErrors} standard errors`;
  if (better) return { better, reason: `better beyond noise: ${numbers}, more than ${rule}` };
  if (difference > 0) return { better, reason: `no better beyond noise: ${numbers}, not more than ${rule}` };
  return { better, reason: `no better: ${numbers}` };
}
