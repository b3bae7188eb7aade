import type { Numbers } from "#shared/inference";

/** A probability this close to 0 or 1 is as good as certain; its logit stays a number. */
const EDGE = 1e-4;

/**
 * Whether a segmenter gives probabilities (a sigmoid or softmax at its end) and not logits: all values lie within 0..1,
 * where the logits of a tile with ink on it never do. One tile tells for all.
 */
export function holdsShares(planes: Numbers): boolean {
  return planes instanceof Float32Array && planes.every((value) => value >= 0 && value <= 1);
}

/**
 * Brings what a segmenter gives to logits of at least two classes. A single plane (U²-Net) tells its class from ground.
 * @param planes `[classes, height, width]`; overwritten where it can be @param shares whether they hold probabilities
 */
export function asLogits(
  planes: Numbers,
  classes: number,
  shares: boolean,
): { planes: Numbers; classes: number } {
  if (classes > 1) {
    if (shares) for (let i = 0; i < planes.length; i++) planes[i] = Math.log(Math.max(EDGE, planes[i]!));
    return { planes, classes };
  }
  const both = new Float32Array(planes.length * 2);
  for (let i = 0; i < planes.length; i++) {
    const share = Math.min(1 - EDGE, Math.max(EDGE, planes[i]!));
    both[planes.length + i] = shares ? Math.log(share / (1 - share)) : planes[i]!;
  }
  return { planes: both, classes: 2 };
}
