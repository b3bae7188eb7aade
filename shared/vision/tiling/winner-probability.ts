/** How a winner's score becomes a probability; "none" when the model gives probabilities itself. */
export type Activation = "softmax" | "sigmoid" | "none";

/** A winner this far ahead, in logits, is certain to within 1 %. */
const SURE = 7;
/** Steps of one unit in the table of exp(−x); x beyond the table counts for nothing. */
const EXP_STEPS = 64;
const EXP_TABLE = Float32Array.from({ length: 16 * EXP_STEPS + 1 }, (_, i) => Math.exp(-i / EXP_STEPS));

/**
 * Probability × 255 (to about 1 %) of a pixel's winning class, from scores that lie `stride` apart per class.
 * @param total summed weights the scores carry
 */
export function winnerProbability(
  scores: Float32Array | Uint8Array,
  at: number,
  stride: number,
  classes: number,
  winner: number,
  total: number,
  activation: Activation,
): number {
  const most = scores[at + winner * stride]!;
  let share = most / total;
  if (activation === "sigmoid") share = 1 / (1 + Math.exp(-share));
  else if (activation === "softmax") {
    let sum = 0;
    let least = Number.POSITIVE_INFINITY;
    const scale = EXP_STEPS / total;
    for (let k = 0, i = at; k < classes; k++, i += stride) {
      const behind = most - scores[i]!;
      if (k !== winner && behind < least) least = behind;
      const step = (behind * scale + 0.5) | 0;
      if (step >= 0 && step < EXP_TABLE.length) sum += EXP_TABLE[step]!;
    }
    if (least > SURE * total) return 255;
    share = 1 / sum;
  }
  return Math.max(0, Math.min(255, Math.round(255 * share)));
}
