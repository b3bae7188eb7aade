import type { QualityCode } from "#shared/messages";
import {
  type Affine,
  estimateSkew,
  isNeutral,
  isUnevenlyLit,
  type QuarterTurn,
  reducePicture,
  rotatePicture,
  rotationCutsInk,
  toneOf,
  turnQuarter,
} from "#shared/raster";
import {
  binarise,
  estimateLineWidth,
  levelBackground,
  type Picture,
  type Raster,
  toGrey,
} from "#shared/vision";
import { findUpright, type TextReader } from "./find-upright.ts";

/** The picture as a file, and of a coloured one a grey copy for stages that do not look at colours. */
export interface SheetFiles {
  sheet: Uint8Array;
  grey?: Uint8Array;
}

/** A sheet as every later stage sees it, and what was done to make it so. */
export interface PreparedSheet {
  picture: Picture;
  files: SheetFiles;
  inverted: boolean;
  /** Degrees it was turned clockwise so that its text reads upright. */
  turnedDeg: QuarterTurn;
  /** Degrees the scan was turned counter-clockwise. */
  deskewDeg: number;
  /** Pixels of the upright source -> pixels of the sheet. */
  fromSource: Affine;
  /** Reasons to distrust what is read from it. */
  reasons: QualityCode[];
}

/** Longer side of the copy on which skew is judged. */
const PREVIEW_PX = 2000;
/** A smaller turn moves the end of a line by less than its width. */
const SMALLEST_DEG = 0.15;
/** Fewer grey levels between ink and paper are at the mercy of noise. */
const LOW_CONTRAST = 60;
/** A4 at 100 dpi: text is four pixels high below that. */
const SMALLEST_SIDE_PX = 800;
/** Lines thinner than this, typically, are at the mercy of how they were rastered. */
const THINNEST_PX = 1.3;

export interface PrepareOptions {
  deskew: boolean;
  /** Reads text to see which way is up. @default sheets are not turned */
  reader?: TextReader | undefined;
  /** Makes a file of a picture. */
  write: (picture: Picture) => Promise<Uint8Array>;
  signal: AbortSignal;
}

/** Dark ink on light paper, text upright, lines along the axes, one channel when there is no colour. */
export async function prepareSheet(source: Picture, options: PrepareOptions): Promise<PreparedSheet> {
  const reasons: QualityCode[] = [];
  let picture =
    source.channels === 3 && isNeutral(source) ? { ...toGrey(source), channels: 1 as const } : source;
  let preview = await reducePicture(picture, PREVIEW_PX);
  if (isUnevenlyLit(preview)) {
    reasons.push("UNEVEN_LIGHT");
    picture = { ...levelled(toGrey(picture)), channels: 1 };
    preview = await reducePicture(picture, PREVIEW_PX);
  }
  const tone = toneOf(picture);
  if (tone.inverted) {
    for (const data of [picture.data, preview.data])
      for (let i = 0; i < data.length; i++) data[i] = 255 - data[i]!;
    reasons.push("INVERTED");
  }
  const ground = tone.inverted ? 255 - tone.ground : tone.ground;
  if (tone.contrast < 12) reasons.push("BLANK");
  else if (tone.contrast < LOW_CONTRAST) reasons.push("LOW_CONTRAST");
  if (isCoarse(picture)) reasons.push("LOW_RESOLUTION");
  const inkContrast = Math.max(16, tone.contrast * 0.2);
  const straighten = async (page: Picture, copy: Raster) => {
    const done = await straightened(page, copy, { ground, inkContrast, deskew: options.deskew });
    return { ...done, files: await writeSheet(done.picture, options.write) };
  };
  const unturned = () => straighten(picture, preview);
  const prepared = { inverted: tone.inverted, turnedDeg: 0 as QuarterTurn, reasons };
  if (tone.contrast < 12) return { ...prepared, ...(await unturned()) };

  // Nearly every sheet is upright: it is straightened and written as if it were, while somebody reads which way is up.
  const [{ turn, isDoubtful }, straight] = await Promise.all([
    findUpright(picture, preview, options.reader, options.signal),
    unturned(),
  ]);
  if (isDoubtful) reasons.push("ROTATED");
  if (turn !== 0) reasons.push("TURNED");
  const { picture: turned, map: upright } = turnQuarter(picture, turn);
  const done =
    turn === 0 ? straight : await straighten(turned, turnQuarter({ ...preview, channels: 1 }, turn).picture);
  if (done.deskewDeg !== 0) reasons.push("SKEWED");
  return { ...prepared, ...done, turnedDeg: turn, fromSource: after(done.fromSource, upright) };
}

async function writeSheet(picture: Picture, write: PrepareOptions["write"]): Promise<SheetFiles> {
  if (picture.channels === 1) return { sheet: await write(picture) };
  const [sheet, grey] = await Promise.all([write(picture), write({ ...toGrey(picture), channels: 1 })]);
  return { sheet, grey };
}

/** Lines along the axes; `fromSource`: pixels of `picture` -> pixels of the result. */
async function straightened(
  picture: Picture,
  preview: Raster,
  { ground, inkContrast, deskew }: { ground: number; inkContrast: number; deskew: boolean },
): Promise<Pick<PreparedSheet, "picture" | "deskewDeg" | "fromSource">> {
  const skew = deskew ? estimateSkew(preview, { ground, inkContrast }) : 0;
  if (Math.abs(skew) <= SMALLEST_DEG) return { picture, deskewDeg: 0, fromSource: [1, 0, 0, 0, 1, 0] };
  // The same size as the source unless something would be lost: what people measure on one, they find on the other.
  const keepSize = !rotationCutsInk(preview, skew, { ground, inkContrast });
  const turned = await rotatePicture(picture, skew, { ground, keepSize });
  return { picture: turned.picture, deskewDeg: skew, fromSource: turned.map };
}

/** The map that does `first`, then `second`. */
function after([a, b, c, d, e, f]: Affine, [g, h, i, j, k, l]: Affine): Affine {
  return [a * g + b * j, a * h + b * k, a * i + b * l + c, d * g + e * j, d * h + e * k, d * i + e * l + f];
}

/** Ground cells wide enough for any filled symbol, and narrow enough for a shadow. */
const levelled = (grey: Raster): Raster =>
  levelBackground(grey, { cellPx: Math.max(48, Math.round(Math.max(grey.width, grey.height) / 40)) });

/** Lines of a pixel and a half are lost in rasters and models alike; an empty sheet has none. */
function isCoarse(picture: Picture): boolean {
  if (Math.min(picture.width, picture.height) < SMALLEST_SIDE_PX) return true;
  const widthPx = estimateLineWidth(binarise(toGrey(picture)));
  return widthPx > 0 && widthPx < THINNEST_PX;
}
