/** Turns a margin into a probability: 1 / (1 + exp(-(slope · margin + shift))). */
export interface Platt {
  slope: number;
  shift: number;
}

/**
 * Fits the two numbers by Newton's method on the log loss (Platt 1999, with his targets a little off 0 and 1, so that a
 * perfect separation stays finite).
 */
export function fitPlatt(margins: ArrayLike<number>, right: ArrayLike<number>): Platt {
  let yes = 0;
  for (let i = 0; i < right.length; i++) yes += right[i]!;
  const [high, low] = [(yes + 1) / (yes + 2), 1 / (right.length - yes + 2)];
  let [slope, shift] = [1, 0];
  for (let round = 0; round < 50; round++) {
    // A little pull towards slope 1 keeps a handful of examples from deciding.
    let [gs, gt, hss, hst, htt] = [1 - slope, 0, 1, 0, 1e-6];
    for (let i = 0; i < margins.length; i++) {
      const m = margins[i]!;
      const p = 1 / (1 + Math.exp(-(slope * m + shift)));
      const error = (right[i] ? high : low) - p;
      const curve = p * (1 - p);
      gs += error * m;
      gt += error;
      hss += curve * m * m;
      hst += curve * m;
      htt += curve;
    }
    const det = hss * htt - hst * hst;
    const [ds, dt] = [(htt * gs - hst * gt) / det, (hss * gt - hst * gs) / det];
    slope += ds;
    shift += dt;
    if (Math.abs(ds) + Math.abs(dt) < 1e-9) break;
  }
  return { slope: Math.max(0.05, slope), shift };
}
