import { type Model, runBatches } from "#shared/inference";
import { cropPatch, type JunctionCandidate, type Raster } from "#shared/vision";

export interface AskOptions {
  lineWidthPx: number;
  batchSize: number;
  signal: AbortSignal;
}

/** Side of a patch in line widths, as the network was trained (training/README.md, "The junction patch"). */
const PATCH_WIDTHS = 12;

/**
 * Class probabilities for the candidates a network can tell more about than their number of arms does: those with four and
 * more. null for the others.
 */
export async function askNetwork(
  sheet: Raster,
  candidates: readonly JunctionCandidate[],
  model: Model,
  options: AskOptions,
): Promise<(Float32Array | null)[]> {
  const probabilities: (Float32Array | null)[] = candidates.map(() => null);
  const side = model.inputDims[2] ?? 48;
  const sidePx = PATCH_WIDTHS * Math.max(1, options.lineWidthPx);
  await runBatches(model, {
    items: [...candidates.keys()].filter((i) => candidates[i]!.arms.length >= 4),
    itemDims: [1, side, side],
    batchSize: options.batchSize,
    signal: options.signal,
    fill: (i, target) => cropPatch(sheet, candidates[i]!.at, sidePx, side, target),
    take(items, { data, dims }) {
      const classes = dims[1]!;
      items.forEach((i, row) => {
        probabilities[i] = softmax(data.subarray(row * classes, (row + 1) * classes));
      });
    },
  });
  return probabilities;
}

function softmax(logits: Float32Array): Float32Array {
  const top = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const powers = logits.map((value) => Math.exp(value - top));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((value) => value / sum);
}
