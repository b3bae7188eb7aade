import type { Point } from "../edit/geometry.ts";
import { type Mask, type PixelArea, refreshLevels } from "./mask.ts";
import { paintStroke, strokeArea } from "./paint.ts";

/** Side of the squares in which a stroke keeps what was there before. */
export const PATCH_PX = 256;
/** Most bytes of undo; the oldest strokes are forgotten first. */
const UNDO_BYTES_MAX = 96 * 1024 * 1024;

/** What a stroke has covered: squares of the mask by their number, row by row. */
type Patch = Map<number, Uint8Array>;

/** A mask with its strokes, each of which can be undone. The mask itself is changed in place. */
export interface Painting {
  readonly mask: Mask;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Grows with every change; equal when the pixels are. */
  readonly version: number;
  /** Paints a piece of the stroke that is being made. */
  paint(from: Point, to: Point, radiusPx: number, value: 0 | 255): PixelArea;
  /** The stroke is made. */
  end(): void;
  /** Gives the area to draw anew, or null when there is nothing to undo. */
  undo(): PixelArea | null;
  redo(): PixelArea | null;
}

/** Begins painting on a mask. */
export function createPainting(mask: Mask): Painting {
  const columns = Math.ceil(mask.widthPx / PATCH_PX);
  const past: Patch[] = [];
  const future: Patch[] = [];
  let stroke: Patch | null = null;
  let version = 0;

  const areaOf = (square: number): PixelArea => {
    const x0 = (square % columns) * PATCH_PX;
    const y0 = Math.floor(square / columns) * PATCH_PX;
    return { x0, y0, x1: Math.min(mask.widthPx, x0 + PATCH_PX), y1: Math.min(mask.heightPx, y0 + PATCH_PX) };
  };
  const copy = (square: number): Uint8Array => {
    const { x0, y0, x1, y1 } = areaOf(square);
    const kept = new Uint8Array((x1 - x0) * (y1 - y0));
    const { data } = mask.levels[0]!;
    for (let y = y0; y < y1; y++)
      kept.set(data.subarray(y * mask.widthPx + x0, y * mask.widthPx + x1), (y - y0) * (x1 - x0));
    return kept;
  };
  /** Puts a patch's pixels into the mask, and the mask's into the patch: undo and redo are the same. */
  const swap = (patch: Patch): PixelArea => {
    const { data } = mask.levels[0]!;
    const all = { x0: mask.widthPx, y0: mask.heightPx, x1: 0, y1: 0 };
    for (const [square, before] of patch) {
      const now = copy(square);
      const { x0, y0, x1, y1 } = areaOf(square);
      for (let y = y0; y < y1; y++)
        data.set(before.subarray((y - y0) * (x1 - x0), (y - y0 + 1) * (x1 - x0)), y * mask.widthPx + x0);
      patch.set(square, now);
      refreshLevels(mask, areaOf(square));
      all.x0 = Math.min(all.x0, x0);
      all.y0 = Math.min(all.y0, y0);
      all.x1 = Math.max(all.x1, x1);
      all.y1 = Math.max(all.y1, y1);
    }
    return all;
  };
  const forget = () => {
    const size = (patch: Patch) => patch.size * PATCH_PX * PATCH_PX;
    let bytes = past.reduce((sum, patch) => sum + size(patch), 0);
    while (bytes > UNDO_BYTES_MAX && past.length > 1) bytes -= size(past.shift() as Patch);
  };

  return {
    mask,
    get canUndo() {
      return past.length > 0 && stroke === null;
    },
    get canRedo() {
      return future.length > 0 && stroke === null;
    },
    get version() {
      return version;
    },
    paint(from, to, radiusPx, value) {
      stroke ??= new Map();
      const area = strokeArea(mask, from, to, radiusPx);
      for (let row = Math.floor(area.y0 / PATCH_PX); row * PATCH_PX < area.y1; row++)
        for (let column = Math.floor(area.x0 / PATCH_PX); column * PATCH_PX < area.x1; column++) {
          const square = row * columns + column;
          if (!stroke.has(square)) stroke.set(square, copy(square));
        }
      paintStroke(mask, from, to, radiusPx, value);
      refreshLevels(mask, area);
      return area;
    },
    end() {
      if (stroke && stroke.size > 0) {
        past.push(stroke);
        future.length = 0;
        version++;
        forget();
      }
      stroke = null;
    },
    undo() {
      const patch = stroke === null ? past.pop() : undefined;
      if (!patch) return null;
      future.push(patch);
      version++;
      return swap(patch);
    },
    redo() {
      const patch = stroke === null ? future.pop() : undefined;
      if (!patch) return null;
      past.push(patch);
      version++;
      return swap(patch);
    },
  };
}
