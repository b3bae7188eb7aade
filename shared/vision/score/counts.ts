/** True positives, false positives and false negatives with what follows from them. */
export interface Counts {
  truePositives: number;
  falsePositives: number;
  falseNegatives: number;
  precision: number;
  recall: number;
  f1: number;
}

/** Completes counts; with nothing to find and nothing found the score is 1. */
export function counts(truePositives: number, predicted: number, truth: number): Counts {
  const falsePositives = predicted - truePositives;
  const falseNegatives = truth - truePositives;
  const total = predicted + truth;
  return {
    truePositives,
    falsePositives,
    falseNegatives,
    precision: predicted === 0 ? (truth === 0 ? 1 : 0) : truePositives / predicted,
    recall: truth === 0 ? (predicted === 0 ? 1 : 0) : truePositives / truth,
    f1: total === 0 ? 1 : (2 * truePositives) / total,
  };
}

/** Adds counts of several sheets up and scores the sum (micro average). */
export function sumCounts(list: readonly Counts[]): Counts {
  const sum = (pick: (c: Counts) => number) => list.reduce((total, c) => total + pick(c), 0);
  const tp = sum((c) => c.truePositives);
  return counts(tp, tp + sum((c) => c.falsePositives), tp + sum((c) => c.falseNegatives));
}
