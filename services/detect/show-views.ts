import { PermanentError } from "#shared/errors";
import { type Model, runBatches, type Spent } from "#shared/inference";
import {
  type Detection,
  decodeDetections,
  fromLetterbox,
  letterbox,
  type Picture,
  sliceToTensor,
} from "#shared/vision";
import { isFor, type View } from "./plan-views.ts";

/** A claim on the sheet, and how many of its pixels one of the network's was: its sides are no more exact than that. */
export interface Claim extends Detection {
  blurPx: number;
}

export interface Eye {
  model: Model;
  inputPx: number;
  confidence: number;
  batchSize: number;
  signal: AbortSignal;
  /** Called after every run with how many views there were in it. */
  shown(count: number): void;
}

/** How many planes the network is shown: 1 for grey, else 3. */
export const planesOf = ({ inputDims }: Model): 1 | 3 => (inputDims[1] === 1 ? 1 : 3);

/**
 * Runs the network on windows of a sheet, and adds what it claims to see to `claims`, in sheet pixels.
 * @param sheet grey for a network that is shown one plane
 */
export function showViews(sheet: Picture, views: readonly View[], claims: Claim[], eye: Eye): Promise<Spent> {
  const { model, inputPx, confidence } = eye;
  const { names, endToEnd = false } = model.card;
  const options = { confidence, classes: names.length || undefined, endToEnd, inputPx };
  const fitOf = ({ slice }: View) => letterbox(slice.width, slice.height, inputPx);
  return runBatches(model, {
    items: views,
    itemDims: [planesOf(model), inputPx, inputPx],
    batchSize: eye.batchSize,
    signal: eye.signal,
    fill: (view, target) => sliceToTensor(sheet, view.slice, fitOf(view), target),
    take(shown, { data, dims }) {
      const lists = decode(data, dims, options);
      shown.forEach((view, i) => {
        const fit = fitOf(view);
        for (const claim of lists[i]!) {
          const bbox = fromLetterbox(claim.bbox, fit, view.slice);
          if (isFor(view, bbox, sheet)) claims.push({ ...claim, bbox, blurPx: 1 / fit.scale });
        }
      });
      eye.shown(shown.length);
    },
  });
}

/** A layout nobody knows is the model's fault, and no other sheet will change it. */
function decode(...args: Parameters<typeof decodeDetections>): Detection[][] {
  try {
    return decodeDetections(...args);
  } catch (cause) {
    throw new PermanentError(
      "MODEL_INVALID",
      `the detector's output is not usable: ${(cause as Error).message}`,
      { cause },
    );
  }
}
