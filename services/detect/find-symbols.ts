import type { Model, Spent } from "#shared/inference";
import { superclassOf } from "#shared/symbols";
import {
  binarise,
  type Detection,
  estimateLineWidth,
  type Mask,
  mergeDetections,
  type Picture,
  toGrey,
} from "#shared/vision";
import { fitOutline } from "./fit-outline.ts";
import { closerViews, overviews, sliceViews, type View } from "./plan-views.ts";
import type { DetectSettings } from "./settings.ts";
import { type Claim, type Eye, planesOf, showViews } from "./show-views.ts";

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

/** Boxes seen this small or smaller have their sides moved to the outline of what they hold; sheet pixels per pixel shown. */
const BLURRED = 2;
/** Sides are this far off at most, pixels as shown. */
const OFF_PX = 3;

interface Run {
  signal: AbortSignal;
  progress(fraction: number, note?: string): void;
}

/** What was found, and how the time went. */
export interface Found {
  detections: Detection[];
  slices: number;
  blank: number;
  /** Windows looked at again because of small symbols. */
  closer: number;
  spent: Spent;
}

/**
 * Sliced inference as SAHI does it: slices of the size the model was trained on, an overview for what is larger than the
 * overlap of two slices, and a closer look where symbols are very small. Slices without ink are not run.
 */
export async function findSymbols(
  sheet: Picture,
  model: Model,
  settings: DetectSettings,
  run: Run,
): Promise<Found> {
  const { names, inputPx: named, slicePx: trained, threshold } = model.card;
  const inputPx = model.inputDims[2] ?? named ?? USUAL_INPUT_PX;
  const grey =
    sheet.channels === 1 ? (sheet as Picture & { channels: 1 }) : { ...toGrey(sheet), channels: 1 as const };
  const shown = planesOf(model) === 1 ? grey : sheet;
  const ink = binarise(grey);
  const slicePx = settings.slicePx || Math.round((trained || inputPx) * fineness(ink));
  const plan = { slicePx, overlapRatio: settings.overlapRatio };
  const { views, slices } = sliceViews(grey, plan);
  const blank = slices - views.length;
  if (settings.fullSheet && slices > 1 && views.length > 0) views.push(...overviews(grey, plan));

  let [done, all, share] = [0, 0, 0];
  const eye: Eye = {
    model,
    inputPx,
    confidence: settings.confidence || threshold || USUAL_CONFIDENCE,
    batchSize: settings.batchSize,
    signal: run.signal,
    shown(count) {
      done += count;
      // A closer look adds views; what was reached stays reached.
      share = Math.max(share, done / all);
      run.progress(share, `view ${done} of ${all}`);
    },
  };
  const claims: Claim[] = [];
  const look = (some: View[]): Promise<Spent> => {
    all += some.length;
    return showViews(shown, some, claims, eye);
  };
  const spent = await look(views);
  const closer = settings.closerLook ? closerViews(grey, claims, plan) : [];
  if (closer.length > 0) {
    const again = await look(closer);
    spent.runs += again.runs;
    spent.rows += again.rows;
    spent.runMs += again.runMs;
  }
  const detections = merge(claims, names).map(({ blurPx, ...detection }) =>
    blurPx < BLURRED ? detection : { ...detection, bbox: fitOutline(ink, detection.bbox, OFF_PX * blurPx) },
  );
  return { detections, slices, blank, closer: closer.length, spent };
}

/** One detection for each symbol. */
function merge(claims: Claim[], names: readonly string[]): Claim[] {
  const families = mergeDetections(claims, { familyOf: (index) => superclassOf(names[index] ?? "") });
  // Two symbols cannot lie on one place, whatever they are.
  return mergeDetections(families, { metric: "iou", threshold: SAME_PLACE, familyOf: () => "symbol" });
}

/** By how much larger slices of a very fine scan are, so that the network sees its symbols at the size it knows. */
function fineness(ink: Mask): number {
  const linePx = estimateLineWidth(ink);
  return linePx > WIDEST_PX && linePx <= LINE_LIMIT_PX ? linePx / SHOWN_PX : 1;
}
