import type { Raster } from "../geometry/types.ts";
import { blendWindow } from "./blend-window.ts";
import type { Slice } from "./plan-slices.ts";

export interface BlenderOptions {
  widthPx: number;
  heightPx: number;
  /** Number of classes K in the model's output. */
  classes: number;
  overlapPx: number;
  /** The whole plan, when known: where a single tile sees a pixel, it is decided at once, at a third of the cost. */
  tiles?: readonly Slice[];
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

/** A winner this far ahead, in logits, is certain to within 1 %: most of a sheet is ground and decided here. */
const SURE = 7;
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
  const columns = edges(options.tiles ?? [], "x", "width");
  const rows = edges(options.tiles ?? [], "y", "height");
  /** Planes of `bandRows` rows, one per class, then the weights. */
  let band = new Float32Array(0);
  let weight = new Float32Array(0);
  let bandTop = 0;
  let bandRows = 0;
  let window = new Float32Array(0);
  let windowKey = "";

  const top = new Float32Array(width);
  const second = new Float32Array(width);

  /**
   * Decides a run of pixels from scores `stride` apart per class. Class by class over the whole run: memory is read in
   * order, which is four times faster than pixel by pixel.
   * @param totals summed weights of the run's pixels; null where each has been seen once, by one tile
   */
  function decide(
    scores: Float32Array,
    at: number,
    stride: number,
    count: number,
    totals: Float32Array | null,
    out: number,
  ): void {
    top.set(scores.subarray(at, at + count));
    second.fill(Number.NEGATIVE_INFINITY, 0, count);
    classIndex.fill(0, out, out + count);
    for (let k = 1; k < classes; k++) {
      const plane = at + k * stride;
      for (let x = 0; x < count; x++) {
        const score = scores[plane + x]!;
        if (score > top[x]!) {
          second[x] = top[x]!;
          top[x] = score;
          classIndex[out + x] = k;
        } else if (score > second[x]!) second[x] = score;
      }
    }
    for (let x = 0; x < count; x++) {
      const total = totals ? totals[x]! : 1;
      if (activation === "softmax" && top[x]! - second[x]! > SURE * total) confidence[out + x] = 255;
      else confidence[out + x] = probability(scores, at + x, stride, top[x]!, total);
    }
  }

  /** Probability × 255 of a winner. */
  function probability(
    scores: Float32Array,
    at: number,
    stride: number,
    best: number,
    total: number,
  ): number {
    let share = best / total;
    if (activation === "sigmoid") share = 1 / (1 + Math.exp(-share));
    else if (activation === "softmax") {
      let sum = 0;
      const scale = EXP_STEPS / total;
      for (let k = 0, i = at; k < classes; k++, i += stride) {
        const step = ((best - scores[i]!) * scale + 0.5) | 0;
        if (step >= 0 && step < EXP_TABLE.length) sum += EXP_TABLE[step]!;
      }
      share = 1 / sum;
    }
    return Math.max(0, Math.min(255, Math.round(255 * share)));
  }

  /** Decides the rows [bandTop, upTo) and slides the band down to `upTo`. */
  function settle(upTo: number): void {
    const ready = Math.min(upTo, height) - bandTop;
    if (ready <= 0) return;
    const count = Math.min(ready, bandRows) * width;
    const stride = bandRows * width;
    // Pixels without weight were decided at once, or lie in tiles nobody added.
    for (let row = 0; row < count; row += width)
      for (let x = 0; x < width; x++) {
        if (weight[row + x] === 0) continue;
        const from = x;
        while (x < width && weight[row + x]! > 0) x++;
        const at = row + from;
        decide(band, at, stride, x - from, weight.subarray(at, row + x), bandTop * width + at);
        // Only what was written is cleared: most of the band never is.
        for (let k = 0; k < classes; k++) band.fill(0, k * stride + at, k * stride + row + x);
        weight.fill(0, at, row + x);
      }
    // What was moved up is cleared where the copy does not lie over it.
    const kept = stride - count;
    for (let k = 0; k < classes && kept > 0; k++) {
      band.copyWithin(k * stride, k * stride + count, (k + 1) * stride);
      band.fill(0, k * stride + Math.max(count, kept), (k + 1) * stride);
    }
    if (kept > 0) {
      weight.copyWithin(0, count);
      weight.fill(0, Math.max(count, kept));
    }
    bandTop += ready;
  }

  /** Adds a rectangle of a tile, in its own pixels, to the band. */
  function blend(tile: Slice, planes: Float32Array, x0: number, y0: number, x1: number, y1: number): void {
    if (x0 >= x1) return;
    const area = tile.width * tile.height;
    const stride = bandRows * width;
    // Locals: what a closure may change is loaded anew at every step.
    const [sums, weights, shares] = [band, weight, window];
    for (let k = -1; k < classes; k++)
      for (let y = y0; y < y1; y++) {
        const first = (tile.y - bandTop + y) * width + tile.x;
        const row = y * tile.width;
        if (k < 0) for (let x = x0; x < x1; x++) weights[first + x]! += shares[row + x]!;
        else {
          const to = k * stride + first;
          const from = k * area + row;
          for (let x = x0; x < x1; x++) sums[to + x]! += shares[row + x]! * planes[from + x]!;
        }
      }
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
        band = new Float32Array(classes * bandRows * width);
        weight = new Float32Array(bandRows * width);
      }
      settle(tile.y);
      const key = `${tile.width}x${tile.height}`;
      if (key !== windowKey) {
        window = blendWindow(tile.width, tile.height, options.overlapPx) as Float32Array<ArrayBuffer>;
        windowKey = key;
      }
      const right = Math.min(tile.width, width - tile.x);
      const bottom = Math.min(tile.height, height - tile.y);
      const [left, end] = alone(columns, tile.x, right);
      const [above, below] = alone(rows, tile.y, bottom);
      if (left >= end || above >= below) return blend(tile, planes, 0, 0, right, bottom);
      blend(tile, planes, 0, 0, right, above);
      blend(tile, planes, 0, above, left, below);
      blend(tile, planes, end, above, right, below);
      blend(tile, planes, 0, below, right, bottom);
      for (let y = above; y < below; y++)
        decide(planes, y * tile.width + left, area, end - left, null, (tile.y + y) * width + tile.x + left);
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

/** First and last pixel of every column (or row) of tiles, by position. */
function edges(tiles: readonly Slice[], from: "x" | "y", size: "width" | "height"): [number, number][] {
  const found = new Map(tiles.map((tile) => [tile[from], tile[from] + tile[size]]));
  return [...found].sort((a, b) => a[0] - b[0]);
}

/** The stretch of a tile, in its own pixels, that no neighbour in the plan covers; empty when the plan is unknown. */
function alone(plan: readonly [number, number][], start: number, length: number): [number, number] {
  const index = plan.findIndex(([from]) => from === start);
  if (index < 0) return [0, 0];
  const before = plan[index - 1]?.[1] ?? start;
  const after = plan[index + 1]?.[0] ?? start + length;
  return [Math.max(0, before - start), Math.min(length, after - start)];
}
