import type { Raster } from "../geometry/types.ts";
import { blendWindow } from "./blend-window.ts";
import type { Slice } from "./plan-slices.ts";

export interface BlenderOptions {
  widthPx: number;
  heightPx: number;
  /** Number of classes K in the model's output. */
  classes: number;
  overlapPx: number;
  /** How the winner's score becomes a probability; "none" when the model gives probabilities itself. @default "softmax" */
  activation?: "softmax" | "sigmoid" | "none";
}

/** Joins overlapping tiles of class scores into one class-index image. */
export interface TileBlender {
  /** Adds one tile's planes `[K, height, width]`. Tiles come row by row, as `planTiles` orders them. */
  add(tile: Slice, planes: Float32Array): void;
  /** Best class per pixel, and its probability × 255 (to about 1 %). */
  finish(): { classIndex: Raster; confidence: Raster };
}

/** Steps of one unit in the table of exp(−x); x beyond the table counts for nothing. */
const EXP_STEPS = 64;
const EXP_TABLE = Float32Array.from({ length: 16 * EXP_STEPS + 1 }, (_, i) => Math.exp(-i / EXP_STEPS));

/**
 * Creates a blender that keeps one row of tiles in memory (tile height × sheet width × K floats), however tall the
 * sheet is: rows above the current row of tiles can no longer change and are decided at once. Scores are averaged as they
 * come (logits, not probabilities: no exponential per class, pixel and tile), and only the winner's probability is computed.
 */
export function createTileBlender(options: BlenderOptions): TileBlender {
  const { widthPx: width, heightPx: height, classes } = options;
  const activation = options.activation ?? "softmax";
  const classIndex = new Uint8Array(width * height);
  const confidence = new Uint8Array(width * height);
  /** One plane of `bandRows` rows per class, then the weights. */
  let planesOfBand: Float32Array[] = [];
  let weight = new Float32Array(0);
  let bandTop = 0;
  let bandRows = 0;
  let window = new Float32Array(0);
  let windowKey = "";

  /** Decides the rows [bandTop, upTo) and slides the band down to `upTo`. */
  function settle(upTo: number): void {
    const rows = Math.min(upTo, height) - bandTop;
    if (rows <= 0) return;
    const count = Math.min(rows, bandRows) * width;
    const out = bandTop * width;
    for (let p = 0; p < count; p++) {
      const total = weight[p]!;
      if (total === 0) continue;
      let best = 0;
      let top = planesOfBand[0]![p]!;
      for (let k = 1; k < classes; k++) {
        const value = planesOfBand[k]![p]!;
        if (value > top) {
          top = value;
          best = k;
        }
      }
      classIndex[out + p] = best;
      let probability = top / total;
      if (activation === "sigmoid") probability = 1 / (1 + Math.exp(-probability));
      else if (activation === "softmax") {
        let sum = 0;
        const scale = EXP_STEPS / total;
        for (let k = 0; k < classes; k++) {
          const step = ((top - planesOfBand[k]![p]!) * scale + 0.5) | 0;
          if (step >= 0 && step < EXP_TABLE.length) sum += EXP_TABLE[step]!;
        }
        probability = 1 / sum;
      }
      confidence[out + p] = Math.max(0, Math.min(255, Math.round(255 * probability)));
    }
    for (const plane of [...planesOfBand, weight]) {
      plane.copyWithin(0, count);
      plane.fill(0, plane.length - count);
    }
    bandTop += rows;
  }

  return {
    add(tile, planes) {
      const area = tile.width * tile.height;
      if (planes.length !== area * classes)
        throw new RangeError(
          `tile ${tile.width} × ${tile.height} with ${classes} classes needs ${area * classes} values, got ${planes.length}`,
        );
      if (tile.y < bandTop)
        throw new RangeError(`tile row at ${tile.y} came after row ${bandTop}; add tiles row by row`);
      if (bandRows === 0) {
        bandRows = tile.height;
        planesOfBand = Array.from({ length: classes }, () => new Float32Array(bandRows * width));
        weight = new Float32Array(bandRows * width);
      }
      settle(tile.y);
      const key = `${tile.width}x${tile.height}`;
      if (key !== windowKey) {
        window = blendWindow(tile.width, tile.height, options.overlapPx) as Float32Array<ArrayBuffer>;
        windowKey = key;
      }
      const columns = Math.min(tile.width, width - tile.x);
      const rows = Math.min(tile.height, height - tile.y);
      const first = (tile.y - bandTop) * width + tile.x;
      for (let y = 0; y < rows; y++)
        for (let x = 0, at = first + y * width, w = y * tile.width; x < columns; x++)
          weight[at++]! += window[w++]!;
      for (let k = 0; k < classes; k++) {
        const plane = planesOfBand[k]!;
        for (let y = 0; y < rows; y++) {
          let at = first + y * width;
          let w = y * tile.width;
          let source = k * area + w;
          for (let x = 0; x < columns; x++) plane[at++]! += window[w++]! * planes[source++]!;
        }
      }
    },
    finish() {
      settle(height);
      return {
        classIndex: { width, height, data: classIndex },
        confidence: { width, height, data: confidence },
      };
    },
  };
}
