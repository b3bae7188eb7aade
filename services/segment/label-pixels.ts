import { PermanentError } from "#shared/errors";
import { type Model, type Numbers, runBatches, type Spent } from "#shared/inference";
import {
  createTileBlender,
  isBlankSlice,
  planTiles,
  type Raster,
  type Slice,
  type TileBlender,
  tileToTensor,
} from "#shared/vision";
import { asLogits, holdsShares } from "./as-logits.ts";
import type { SegmentSettings } from "./settings.ts";

interface Run {
  signal: AbortSignal;
  progress(fraction: number, note?: string): void;
}

/** Strides of U-Nets multiply to this at most, unless they say otherwise. */
const USUAL_MULTIPLE_PX = 32;

/** What every pixel is, and how the time went. */
export interface Labelled {
  /** Class per pixel, in the classes of `style_mask.png`. */
  classIndex: Raster;
  /** Probability of that class × 255; 0 on ground, where nobody asks. */
  confidence: Raster;
  tiles: number;
  blank: number;
  spent: Spent;
}

/**
 * Runs a segmenter over a sheet in overlapping tiles and blends them; tiles without ink are ground without a run.
 * @param labels class of `style_mask.png` for each of the model's
 */
export async function labelPixels(
  sheet: Raster,
  model: Model,
  labels: Uint8Array,
  settings: SegmentSettings,
  run: Run,
): Promise<Labelled> {
  const { width, height } = sheet;
  const channels = model.inputDims[1] ?? 1;
  const fixedPx = model.inputDims[3];
  const tilePx = fixedPx ?? settings.tilePx;
  const overlapPx = Math.min(settings.overlapPx, tilePx >> 1);
  const tiles = planTiles(width, height, {
    tilePx,
    overlapPx,
    even: !fixedPx,
    // A fixed side is taken as it is, also by a sheet that is smaller.
    multiplePx: fixedPx ?? model.card.multiplePx ?? USUAL_MULTIPLE_PX,
  });
  const inked = tiles.filter(
    ({ x, y, width: w, height: h }) =>
      !isBlankSlice(sheet, { x, y, width: Math.min(w, width - x), height: Math.min(h, height - y) }),
  );
  let blender: TileBlender | undefined;
  let shares = false;
  let done = 0;
  const { width: tileWidth, height: tileHeight } = tiles[0]!;
  const area = tileWidth * tileHeight;
  const spent = await runBatches<Slice, Numbers>(model, {
    items: inked,
    itemDims: [channels, tileHeight, tileWidth],
    batchSize: 1,
    steadyOutput: true,
    signal: run.signal,
    fill(tile, target) {
      tileToTensor(sheet, tile, target.subarray(0, area));
      for (let c = 1; c < channels; c++) target.copyWithin(c * area, 0, area);
    },
    take(batch, { data, dims }) {
      const [, given = 0, h, w] = dims;
      if (h !== tileHeight || w !== tileWidth)
        throw new PermanentError(
          "MODEL_INVALID",
          `the segmenter gives ${w} × ${h} for a tile of ${tileWidth} × ${tileHeight}`,
        );
      batch.forEach((tile, i) => {
        const own = data.subarray(i * given * area, (i + 1) * given * area);
        if (!blender) shares = holdsShares(own);
        const { planes, classes } = asLogits(own, given, shares);
        blender ??= createTileBlender({
          widthPx: width,
          heightPx: height,
          classes,
          overlapPx,
          tiles: inked,
          labels,
          ...(model.card.logitStep && { step: model.card.logitStep }),
        });
        blender.add(tile, planes);
      });
      done += batch.length;
      run.progress(done / inked.length, `tile ${done} of ${inked.length}`);
    },
  });
  const empty = () => ({ width, height, data: new Uint8Array(width * height) });
  const { classIndex, confidence } = blender?.finish() ?? { classIndex: empty(), confidence: empty() };
  return { classIndex, confidence, tiles: tiles.length, blank: tiles.length - inked.length, spent };
}
