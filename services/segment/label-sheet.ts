import type { Model } from "#shared/inference";
import { reducePicture } from "#shared/raster";
import { binarise, enlargeNearest, estimateLineWidth, type Raster } from "#shared/vision";
import { type Labelled, labelPixels } from "./label-pixels.ts";
import type { SegmentSettings } from "./settings.ts";

/** Segmenters are trained on lines of 2 to 9 px; a sheet scanned finer is shown to them at this width. */
const WIDEST_PX = 9;
const SHOWN_PX = 5;
/** Ink wider than this is no line. */
const LINE_LIMIT_PX = 24;

/** Labels a sheet (see {@link labelPixels}) at the scale the model knows; a very fine scan is shrunk for it, and the labels enlarged again. */
export async function labelSheet(
  sheet: Raster,
  model: Model,
  labels: Uint8Array,
  settings: SegmentSettings,
  run: Parameters<typeof labelPixels>[4],
): Promise<Labelled & { shrunkTo?: number }> {
  const inkPx = estimateLineWidth(binarise(sheet));
  if (inkPx <= WIDEST_PX || inkPx > LINE_LIMIT_PX) return labelPixels(sheet, model, labels, settings, run);
  const { width, height } = sheet;
  const shrunkTo = SHOWN_PX / inkPx;
  const side = Math.round(Math.max(width, height) * shrunkTo);
  const labelled = await labelPixels(
    await reducePicture({ ...sheet, channels: 1 }, side),
    model,
    labels,
    settings,
    run,
  );
  return {
    ...labelled,
    classIndex: enlargeNearest(labelled.classIndex, width, height),
    confidence: enlargeNearest(labelled.confidence, width, height),
    shrunkTo,
  };
}
