import type { Raster } from "../geometry/types.ts";
import { blendWindow } from "./blend-window.ts";
import type { Slice } from "./plan-slices.ts";

export interface BlenderOptions {
  widthPx: number;
  heightPx: number;
  /** Number of classes K in the model's output. */
  classes: number;
  overlapPx: number;
  /** How logits become probabilities; "none" when the model ends in softmax itself. @default "softmax" */
  activation?: "softmax" | "sigmoid" | "none";
}

/** Joins overlapping tiles of class scores into one class-index image. */
export interface TileBlender {
  /** Adds one tile's planes `[K, height, width]`. Tiles come row by row, as `planTiles` orders them. */
  add(tile: Slice, planes: Float32Array): void;
  /** Best class per pixel, and its blended probability × 255. */
  finish(): { classIndex: Raster; confidence: Raster };
}

/**
 * Creates a blender that keeps one row of tiles in memory (tile height × sheet width × K floats), however tall the
 * sheet is: rows above the current row of tiles can no longer change and are decided at once.
 */
export function createTileBlender(options: BlenderOptions): TileBlender {
  const { widthPx: width, heightPx: height, classes } = options;
  const activation = options.activation ?? "softmax";
  const classIndex = new Uint8Array(width * height);
  const confidence = new Uint8Array(width * height);
  let band = new Float32Array(0);
  let weight = new Float32Array(0);
  let bandTop = 0;
  let bandRows = 0;
  let window = new Float32Array(0);
  let windowKey = "";

  /** Decides the rows [bandTop, upTo) and slides the band down to `upTo`. */
  function settle(upTo: number): void {
    const rows = Math.min(upTo, height) - bandTop;
    if (rows <= 0) return;
    const ready = Math.min(rows, bandRows);
    for (let p = 0, out = bandTop * width; p < ready * width; p++, out++) {
      let best = 0;
      const base = p * classes;
      for (let k = 1; k < classes; k++) if (band[base + k]! > band[base + best]!) best = k;
      const total = weight[p]!;
      classIndex[out] = best;
      confidence[out] = total > 0 ? Math.min(255, Math.round((255 * band[base + best]!) / total)) : 0;
    }
    band.copyWithin(0, ready * width * classes);
    band.fill(0, (bandRows - ready) * width * classes);
    weight.copyWithin(0, ready * width);
    weight.fill(0, (bandRows - ready) * width);
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
        band = new Float32Array(bandRows * width * classes);
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
      const scores = new Float32Array(classes);
      for (let y = 0; y < rows; y++)
        for (let x = 0; x < columns; x++) {
          const source = y * tile.width + x;
          const target = (tile.y - bandTop + y) * width + tile.x + x;
          const w = window[source]!;
          probabilities(planes, source, area, classes, activation, scores);
          for (let k = 0; k < classes; k++) band[target * classes + k]! += w * scores[k]!;
          weight[target]! += w;
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

/** Turns the K planes' values at one pixel into probabilities, in place of `out`. */
function probabilities(
  planes: Float32Array,
  pixel: number,
  area: number,
  classes: number,
  activation: "softmax" | "sigmoid" | "none",
  out: Float32Array,
): void {
  if (activation !== "softmax") {
    for (let k = 0; k < classes; k++) {
      const value = planes[k * area + pixel]!;
      out[k] = activation === "sigmoid" ? 1 / (1 + Math.exp(-value)) : value;
    }
    return;
  }
  let top = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < classes; k++) top = Math.max(top, planes[k * area + pixel]!);
  let sum = 0;
  for (let k = 0; k < classes; k++) {
    const e = Math.exp(planes[k * area + pixel]! - top);
    out[k] = e;
    sum += e;
  }
  for (let k = 0; k < classes; k++) out[k]! /= sum;
}
