/** Mean squared error of probabilities (Brier 1950). */
export function brier(probabilities: readonly number[], right: readonly number[]): number {
  return probabilities.reduce((sum, p, i) => sum + (p - right[i]!) ** 2, 0) / (right.length || 1);
}

/** Expected calibration error: over ten equal ranges of probability, how far what was said is from what came true. */
export function calibrationError(probabilities: readonly number[], right: readonly number[]): number {
  const bins = Array.from({ length: 10 }, () => ({ said: 0, came: 0 }));
  probabilities.forEach((p, i) => {
    const bin = bins[Math.min(9, Math.floor(p * 10))]!;
    bin.said += p;
    bin.came += right[i]!;
  });
  return bins.reduce((sum, { said, came }) => sum + Math.abs(said - came), 0) / (right.length || 1);
}

/** Chance that a right item is rated above a wrong one (area under the ROC curve); NaN without both. */
export function rankAccuracy(ratings: readonly number[], right: readonly number[]): number {
  const ranks = ranksOf(ratings);
  const yes = right.reduce((a, b) => a + b, 0);
  const no = right.length - yes;
  const sum = right.reduce((total, r, i) => total + (r ? ranks[i]! : 0), 0);
  return yes && no ? (sum - (yes * (yes + 1)) / 2) / (yes * no) : Number.NaN;
}

/** Spearman's rank correlation; NaN where one of the lists is constant. */
export function spearman(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [ranksOf(a), ranksOf(b)];
  const middle = (a.length + 1) / 2;
  let [xy, xx, yy] = [0, 0, 0];
  x.forEach((rank, i) => {
    xy += (rank - middle) * (y[i]! - middle);
    xx += (rank - middle) ** 2;
    yy += (y[i]! - middle) ** 2;
  });
  return xy / Math.sqrt(xx * yy);
}

/** Ranks from 1, ties share their mean. */
function ranksOf(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Array<number>(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let k = from; k < to; k++) ranks[order[k]!] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

/**
 * Normalised discounted cumulative gain: how much of the work lies at the top of the list, 1 in the best order (Järvelin and
 * Kekäläinen 2002). Ties count as any order of theirs. NaN when there is no work.
 */
export function ndcg(ratings: readonly number[], gains: readonly number[]): number {
  const discount = (place: number) => 1 / Math.log2(place + 2);
  const order = ratings.map((_, i) => i).sort((a, b) => ratings[b]! - ratings[a]!);
  let reached = 0;
  for (let from = 0; from < order.length; ) {
    let [to, gain, share] = [from, 0, 0];
    for (; to < order.length && ratings[order[to]!] === ratings[order[from]!]; to++) {
      gain += gains[order[to]!]!;
      share += discount(to);
    }
    reached += (gain * share) / (to - from);
    from = to;
  }
  const best = [...gains].sort((a, b) => b - a).reduce((sum, gain, i) => sum + gain * discount(i), 0);
  return best > 0 ? reached / best : Number.NaN;
}
