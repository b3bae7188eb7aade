import { PermanentError } from "#shared/errors";
import { type Model, runBatches, type Spent } from "#shared/inference";
import { superclassOf } from "#shared/symbols";
import {
  binarise,
  type Detection,
  decodeDetections,
  estimateLineWidth,
  fromLetterbox,
  isBlankSlice,
  isCutOff,
  letterbox,
  mergeDetections,
  type Picture,
  planSlices,
  type Raster,
  type Slice,
  sliceToTensor,
  toGrey,
} from "#shared/vision";
import type { DetectSettings } from "./settings.ts";

/** YOLO exports that name no input size are 640 px. */
const USUAL_INPUT_PX = 640;
/** And are used with this threshold. */
const USUAL_CONFIDENCE = 0.25;

/** Overlap (intersection over union) from which two claims of any classes mean one symbol. */
const SAME_PLACE = 0.6;

/** Detectors are trained on sheets with lines of 2 to 7 px; wider ones are shown at this width. */
const WIDEST_PX = 7.5;
const SHOWN_PX = 5;
/** Ink wider than this is no line. */
const LINE_LIMIT_PX = 24;

interface Run {
  signal: AbortSignal;
  progress(fraction: number, note?: string): void;
}

/** What was found, and how the time went. */
export interface Found {
  detections: Detection[];
  slices: number;
  blank: number;
  spent: Spent;
}

/**
 * Sliced inference as SAHI does it: slices of the size the model was trained on, and one pass over the whole sheet for
 * what is larger than the overlap of two slices. Slices without ink are not run.
 */
export async function findSymbols(
  sheet: Picture,
  model: Model,
  settings: DetectSettings,
  run: Run,
): Promise<Found> {
  const { names, inputPx: named, slicePx: trained, endToEnd = false } = model.card;
  const inputPx = model.inputDims[2] ?? named ?? USUAL_INPUT_PX;
  const confidence = settings.confidence || model.card.threshold || USUAL_CONFIDENCE;
  const grey = sheet.channels === 1 ? (sheet as Picture & { channels: 1 }) : toGrey(sheet);
  const slicePx = settings.slicePx || Math.round((trained || inputPx) * fineness(grey));
  const overlapPx = Math.floor(slicePx * settings.overlapRatio);
  const all = planSlices(sheet.width, sheet.height, {
    sliceWidthPx: slicePx,
    overlapRatio: settings.overlapRatio,
  });
  const inked = all.filter((slice) => !isBlankSlice(grey, slice));
  const whole: Slice = { x: 0, y: 0, width: sheet.width, height: sheet.height };
  const overview = settings.fullSheet && all.length > 1 && inked.length > 0;
  const items = overview ? [...inked, whole] : inked;
  const fitOf = (slice: Slice) => letterbox(slice.width, slice.height, inputPx);

  const claims: Detection[] = [];
  let done = 0;
  const spent = await runBatches(model, {
    items,
    itemDims: [3, inputPx, inputPx],
    batchSize: settings.batchSize,
    signal: run.signal,
    fill: (slice, target) => sliceToTensor(sheet, slice, fitOf(slice), target),
    take(slices, { data, dims }) {
      const lists = decode(data, dims, {
        confidence,
        classes: names.length || undefined,
        endToEnd,
        inputPx,
      });
      slices.forEach((slice, i) => {
        const fit = fitOf(slice);
        for (const claim of lists[i]!) {
          const bbox = fromLetterbox(claim.bbox, fit, slice);
          // The overview is for what is larger than the overlap; smaller symbols are whole in some slice, and sharper.
          const wanted =
            slice === whole
              ? Math.max(bbox[2], bbox[3]) > overlapPx
              : !isCutOff(bbox, slice, sheet, overlapPx);
          if (wanted) claims.push({ ...claim, bbox });
        }
      });
      done += slices.length;
      run.progress(done / items.length, `slice ${done} of ${items.length}`);
    },
  });
  const families = mergeDetections(claims, { familyOf: (index) => superclassOf(names[index] ?? "") });
  // Two symbols cannot lie on one place, whatever they are.
  const detections = mergeDetections(families, {
    metric: "iou",
    threshold: SAME_PLACE,
    familyOf: () => "symbol",
  });
  return { detections, slices: all.length, blank: all.length - inked.length, spent };
}

/** By how much larger slices of a very fine scan are, so that the network sees its symbols at the size it knows. */
function fineness(sheet: Raster): number {
  const inkPx = estimateLineWidth(binarise(sheet));
  return inkPx > WIDEST_PX && inkPx <= LINE_LIMIT_PX ? inkPx / SHOWN_PX : 1;
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
