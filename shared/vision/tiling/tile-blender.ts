import type { Raster } from "../geometry/types.ts";
import { bestClasses } from "./best-classes.ts";
import { blendWindow } from "./blend-window.ts";
import { type Cell, planCells } from "./plan-cells.ts";
import type { Slice } from "./plan-slices.ts";
import { type Activation, winnerProbability } from "./winner-probability.ts";

export interface BlenderOptions {
  widthPx: number;
  heightPx: number;
  /** Number of classes K in the model's output. */
  classes: number;
  overlapPx: number;
  /** All tiles that will be added, of one size, in their order. */
  tiles: readonly Slice[];
  /** How the winner's score becomes a probability. @default "softmax" */
  activation?: Activation;
  /** What a score of 1 is, in logits: 1 for floats; bytes count steps, from wherever. @default 1 */
  step?: number;
  /** What a class is called in the result, 256 entries; nobody asks how sure those called 0 are. @default its own index, all asked */
  labels?: Uint8Array;
}

/** Scores of a network: floats, or bytes that count steps. */
export type Scores = Float32Array | Uint8Array;

const newScores = (like: Scores, length: number): Scores =>
  like instanceof Uint8Array ? new Uint8Array(length) : new Float32Array(length);

/** Joins overlapping tiles of class scores into one class-index image. */
export interface TileBlender {
  /** Adds the next tile's planes `[K, height, width]`; they are not kept. */
  add(tile: Slice, planes: Scores): void;
  /** Best class per pixel, and its probability × 255 (to about 1 %; 0 where nobody asks). Pixels without a tile are 0 in both. */
  finish(): { classIndex: Raster; confidence: Raster };
}

/** What one tile says about a cell: scores that lie `stride` apart per class and `row` apart per row. */
interface View {
  scores: Scores;
  at: number;
  stride: number;
  row: number;
  /** Of the cell's first pixel in the blend window. */
  windowAt: number;
}

/** What is kept of a cell that several tiles see, until the last of them has come. */
interface Seam {
  views: View[];
  /** 1 where a tile does not say ground. */
  doubt: Uint8Array;
}

/**
 * Creates a blender: scores of a pixel that several tiles see are averaged, each weighted by how far inside its tile it lies
 * (logits, not probabilities: no exponential per class, pixel and tile).
 *
 * Most of a drawing is ground, and there nothing is averaged: where every tile ranks one class first, so does any average.
 * Only seams are kept, and only until their last tile has come: a row of tiles' borders, however tall the sheet is.
 */
export function createTileBlender(options: BlenderOptions): TileBlender {
  const { widthPx, heightPx, classes, tiles, labels, activation = "softmax", step = 1 } = options;
  const classIndex = new Uint8Array(widthPx * heightPx);
  const confidence = new Uint8Array(widthPx * heightPx);
  const { width, height } = tiles[0] ?? { width: 0, height: 0 };
  const area = width * height;
  const window = blendWindow(width, height, options.overlapPx);
  const cellsOf: Cell[][] = tiles.map(() => []);
  for (const cell of planCells(widthPx, heightPx, tiles)) for (const t of cell.seenBy) cellsOf[t]!.push(cell);
  const seams = new Map<Cell, Seam>();
  /** Buffers of closed seams by length: they come in a few sizes, and fresh memory costs more than the copy. */
  const spare = new Map<number, Scores[]>();
  const top = new Float32Array(width);
  const best = new Uint8Array(width);
  const mixed = new Float32Array(classes);
  /** 1 for classes whose pixels are written. */
  const asked = Uint8Array.from({ length: 256 }, (_, k) => (labels && labels[k] === 0 ? 0 : 1));
  let next = 0;

  const write = (out: number, k: number, scores: Scores, at: number, stride: number, total: number) => {
    classIndex[out] = labels ? labels[k]! : k;
    confidence[out] = winnerProbability(scores, at, stride, classes, k, total / step, activation);
  };

  /** Decides a cell that only one tile sees. */
  function decide(cell: Cell, { scores, at, stride, row }: View): void {
    for (let y = 0; y < cell.height; y++) {
      const from = at + y * row;
      const out = (cell.y + y) * widthPx + cell.x;
      bestClasses(scores, from, stride, classes, cell.width, top, best, 0);
      for (let x = 0; x < cell.width; x++)
        if (asked[best[x]!]) write(out + x, best[x]!, scores, from + x, stride, 1);
    }
  }

  /** Notes where a tile sees more than ground in a cell. */
  function markDoubt(cell: Cell, { scores, at, stride, row }: View, doubt: Uint8Array): void {
    for (let y = 0; y < cell.height; y++) {
      bestClasses(scores, at + y * row, stride, classes, cell.width, top, best, 0);
      for (let x = 0, i = y * cell.width; x < cell.width; x++, i++) if (asked[best[x]!]) doubt[i] = 1;
    }
  }

  /** A copy of what a tile says about a cell: the tile's own planes are gone when the next one comes. */
  function copied(cell: Cell, { scores, at, stride, row, windowAt }: View): View {
    const size = cell.width * cell.height;
    const copy = spare.get(classes * size)?.pop() ?? newScores(scores, classes * size);
    for (let k = 0; k < classes; k++)
      for (let y = 0; y < cell.height; y++) {
        const from = at + k * stride + y * row;
        copy.set(scores.subarray(from, from + cell.width), k * size + y * cell.width);
      }
    return { scores: copy, at: 0, stride: size, row: cell.width, windowAt };
  }

  /** Averages what all tiles say about a cell, where one of them doubts that it is ground. */
  function average(cell: Cell, { views, doubt }: Seam): void {
    for (let y = 0, i = 0; y < cell.height; y++)
      for (let x = 0; x < cell.width; x++, i++) {
        if (!doubt[i]) continue;
        mixed.fill(0);
        let total = 0;
        for (const { scores, at, stride, row, windowAt } of views) {
          const weight = window[windowAt + y * width + x]!;
          total = Math.fround(total + weight);
          for (let k = 0, from = at + y * row + x; k < classes; k++, from += stride)
            mixed[k]! += weight * scores[from]!;
        }
        let winner = 0;
        for (let k = 1; k < classes; k++) if (mixed[k]! > mixed[winner]!) winner = k;
        if (asked[winner]) write((cell.y + y) * widthPx + cell.x + x, winner, mixed, 0, 1, total);
      }
  }

  return {
    add(tile, planes) {
      if (planes.length !== area * classes)
        throw new RangeError(
          `a tile of ${width} × ${height} with ${classes} classes needs ${area * classes} values, got ${planes.length}`,
        );
      const planned = tiles[next];
      if (planned?.x !== tile.x || planned.y !== tile.y)
        throw new RangeError(
          `tile ${tile.x}, ${tile.y} came out of order; expected ${planned ? `${planned.x}, ${planned.y}` : "no more"}`,
        );
      for (const cell of cellsOf[next]!) {
        const at = (cell.y - tile.y) * width + cell.x - tile.x;
        const view: View = { scores: planes, at, stride: area, row: width, windowAt: at };
        if (cell.seenBy.length === 1) {
          decide(cell, view);
          continue;
        }
        const seam = seams.get(cell) ?? { views: [], doubt: new Uint8Array(cell.width * cell.height) };
        markDoubt(cell, view, seam.doubt);
        const last = cell.seenBy.at(-1) === next;
        seam.views.push(last ? view : copied(cell, view));
        seams.set(cell, seam);
        if (!last) continue;
        average(cell, seam);
        seams.delete(cell);
        for (const { scores } of seam.views.slice(0, -1))
          spare.set(scores.length, [...(spare.get(scores.length) ?? []), scores]);
      }
      next++;
    },
    finish: () => ({
      classIndex: { width: widthPx, height: heightPx, data: classIndex },
      confidence: { width: widthPx, height: heightPx, data: confidence },
    }),
  };
}
