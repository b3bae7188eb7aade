import type { Mask } from "../geometry/types.ts";
import { thin } from "../skeletonize/thin.ts";

export interface MaskScores {
  /** Intersection over union of the ink. */
  iou: number;
  /** Agreement of centre lines with the other's ink: blind to width, strict about breaks and extra lines. */
  clDice: number;
}

/**
 * Scores a mask of lines against the true one.
 * Source of clDice: Shit et al., "clDice: a novel topology-preserving loss function for tubular structure segmentation", CVPR 2021.
 */
export function maskScores(truth: Mask, predicted: Mask): MaskScores {
  if (truth.width !== predicted.width || truth.height !== predicted.height)
    throw new RangeError(
      `true mask is ${truth.width} × ${truth.height}, predicted ${predicted.width} × ${predicted.height}; they must match`,
    );
  let both = 0;
  let either = 0;
  for (let i = 0; i < truth.data.length; i++) {
    both += truth.data[i]! & predicted.data[i]!;
    either += truth.data[i]! | predicted.data[i]!;
  }
  const precision = shareInside(thin(predicted), truth);
  const sensitivity = shareInside(thin(truth), predicted);
  const sum = precision + sensitivity;
  return {
    iou: either === 0 ? 1 : both / either,
    clDice: sum === 0 ? 0 : (2 * precision * sensitivity) / sum,
  };
}

/** Share of a skeleton's pixels that lie on the ink; 1 for an empty skeleton. */
function shareInside(skeleton: Mask, ink: Mask): number {
  let total = 0;
  let inside = 0;
  for (let i = 0; i < skeleton.data.length; i++)
    if (skeleton.data[i]) {
      total++;
      inside += ink.data[i]!;
    }
  return total === 0 ? 1 : inside / total;
}
