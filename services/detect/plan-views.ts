import {
  type Box,
  type Detection,
  isBlankSlice,
  isCutOff,
  planSlices,
  type Raster,
  type Slice,
} from "#shared/vision";

/** A window of the sheet that the network is shown, and the sizes of symbols it is there for. */
export interface View {
  slice: Slice;
  /** How much it has in common with its neighbours, px. */
  overlapPx: number;
  /** Claims count when their longer side is above `fromPx` and up to `toPx`, px. */
  fromPx: number;
  toPx: number;
}

export interface ViewOptions {
  slicePx: number;
  overlapRatio: number;
}

/** The overview shows so many slices' widths at once: detectors are trained on views down to a fifth of their scale. */
const OVERVIEW_SLICES = 4;

/** A sheet of small symbols is shown this much larger, … */
const CLOSER = 1.5;
/** … in windows with so many of them. Small: … */
const MANY = 6;
/** … the longer side is below this share of a slice (16 px of 1,024). */
const SMALL = 16 / 1024;
/** A sheet of small symbols: this share of all that were found. Large ones have small arrows beside them, which are seen well. */
const SHARE = 0.2;
/** Symbols above this share of a slice (40 px of 1,024) are seen well enough without. */
const LARGE_ENOUGH = 40 / 1024;

/** The slices with ink, and how many there are with and without. */
export function sliceViews(sheet: Raster, options: ViewOptions): { views: View[]; slices: number } {
  const all = inWindows(sheet, options.slicePx, options);
  const views = all.filter(({ slice }) => !isBlankSlice(sheet, slice));
  return { views, slices: all.length };
}

/** The whole sheet, in few windows, for what is larger than the overlap of two slices; smaller symbols are whole in some slice, and sharper. */
export function overviews(sheet: Raster, options: ViewOptions): View[] {
  const fromPx = Math.floor(options.slicePx * options.overlapRatio);
  return inWindows(sheet, options.slicePx * OVERVIEW_SLICES, options).map((view) => ({ ...view, fromPx }));
}

/** Smaller windows where there are many small symbols. */
export function closerViews(sheet: Raster, claims: readonly Detection[], options: ViewOptions): View[] {
  const small = claims.filter(({ bbox }) => Math.max(bbox[2], bbox[3]) < SMALL * options.slicePx);
  if (small.length < Math.max(MANY, SHARE * claims.length)) return [];
  const toPx = LARGE_ENOUGH * options.slicePx;
  return inWindows(sheet, Math.round(options.slicePx / CLOSER), options)
    .filter(({ slice }) => small.filter(({ bbox }) => isInside(bbox, slice)).length >= MANY)
    .map((view) => ({ ...view, toPx }));
}

/** Whether a claim is for this view to make: of its sizes, and no piece of what a neighbour sees whole. */
export function isFor(
  { slice, overlapPx, fromPx, toPx }: View,
  bbox: Box,
  sheet: { width: number; height: number },
): boolean {
  const longer = Math.max(bbox[2], bbox[3]);
  return longer > fromPx && longer <= toPx && !isCutOff(bbox, slice, sheet, overlapPx);
}

function inWindows(sheet: Raster, sidePx: number, { overlapRatio }: ViewOptions): View[] {
  return planSlices(sheet.width, sheet.height, { sliceWidthPx: sidePx, overlapRatio }).map((slice) => ({
    slice,
    overlapPx: Math.floor(sidePx * overlapRatio),
    fromPx: 0,
    toPx: Number.POSITIVE_INFINITY,
  }));
}

const isInside = ([x, y, width, height]: Box, slice: Slice) =>
  x + width / 2 >= slice.x &&
  x + width / 2 < slice.x + slice.width &&
  y + height / 2 >= slice.y &&
  y + height / 2 < slice.y + slice.height;
