import { PermanentError } from "#shared/errors";
import { type Model, runBatches } from "#shared/inference";
import {
  createTileBlender,
  isBlankSlice,
  planTiles,
  type Raster,
  type TileBlender,
  tileToTensor,
} from "#shared/vision";
import { asLogits } from "./as-logits.ts";
import type { SegmentSettings } from "./settings.ts";

interface Run {
  signal: AbortSignal;
  progress(fraction: number, note?: string): void;
}

/** What every pixel is, and how the time went. */
export interface Labelled {
  classIndex: Raster;
  /** Probability of that class × 255. */
  confidence: Raster;
  tiles: number;
  blank: number;
  runMs: number;
}

/** Runs a segmenter over a sheet in overlapping tiles and blends them; tiles without ink are ground without a run. */
export async function labelPixels(
  sheet: Raster,
  model: Model,
  settings: SegmentSettings,
  run: Run,
): Promise<Labelled> {
  const { width, height } = sheet;
  const channels = model.inputDims[1] ?? 1;
  const fixedPx = model.inputDims[3];
  const tilePx = fixedPx ?? settings.tilePx;
  const overlapPx = Math.min(settings.overlapPx, tilePx >> 1);
  const tiles = planTiles(width, height, { tilePx, overlapPx, even: !fixedPx });
  const inked = tiles.filter(
    ({ x, y, width: w, height: h }) =>
      !isBlankSlice(sheet, { x, y, width: Math.min(w, width - x), height: Math.min(h, height - y) }),
  );
  let blender: TileBlender | undefined;
  let done = 0;
  const { width: tileWidth, height: tileHeight } = tiles[0]!;
  const area = tileWidth * tileHeight;
  const { runMs } = await runBatches(model, {
    items: inked,
    itemDims: [channels, tileHeight, tileWidth],
    batchSize: 1,
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
        const { planes, classes } = asLogits(data.subarray(i * given * area, (i + 1) * given * area), given);
        blender ??= createTileBlender({ widthPx: width, heightPx: height, classes, overlapPx, tiles });
        blender.add(tile, planes);
      });
      done += batch.length;
      run.progress(done / inked.length, `tile ${done} of ${inked.length}`);
    },
  });
  const empty = () => ({ width, height, data: new Uint8Array(width * height) });
  const { classIndex, confidence } = blender?.finish() ?? { classIndex: empty(), confidence: empty() };
  return { classIndex, confidence, tiles: tiles.length, blank: tiles.length - inked.length, runMs };
}
