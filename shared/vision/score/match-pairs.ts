/**
 * Matches two lists one to one, best first: every candidate pair in order of falling worth, each item used once. At the
 * strict limits used here (IoU 0.5, a few line widths) an item hardly ever has two candidates, and greedy equals optimal.
 * @returns index pairs [truth, predicted]
 */
export function matchPairs(
  candidates: readonly { truth: number; predicted: number; worth: number }[],
): [number, number][] {
  const order = [...candidates].sort(
    (a, b) => b.worth - a.worth || a.truth - b.truth || a.predicted - b.predicted,
  );
  const usedTruth = new Set<number>();
  const usedPredicted = new Set<number>();
  const pairs: [number, number][] = [];
  for (const { truth, predicted } of order) {
    if (usedTruth.has(truth) || usedPredicted.has(predicted)) continue;
    usedTruth.add(truth);
    usedPredicted.add(predicted);
    pairs.push([truth, predicted]);
  }
  return pairs;
}
