import type { Mask, PixelArea } from "../mask/mask.ts";
import type { View } from "../view/view.ts";
import { MASK_COLOUR } from "./palette.ts";

/** Side of a square drawn at once, in pixels of its level. */
const SQUARE_PX = 256;
/** Squares kept: two screens full. */
const KEPT_MAX = 160;

/** Draws a mask from memory: only squares that are seen, at the level that the screen can show. */
export interface MaskPainter {
  paint(context: CanvasRenderingContext2D, view: View, opacity: number): void;
  /** Squares of the changed area are drawn anew. */
  changed(area: PixelArea): void;
}

export function createMaskPainter(mask: Mask): MaskPainter {
  const kept = new Map<string, HTMLCanvasElement>();

  const squareOf = (level: number, column: number, row: number): HTMLCanvasElement => {
    const key = `${level}/${column}/${row}`;
    const known = kept.get(key);
    if (known) {
      kept.delete(key);
      kept.set(key, known);
      return known;
    }
    const { data, widthPx, heightPx } = mask.levels[level]!;
    const x0 = column * SQUARE_PX;
    const y0 = row * SQUARE_PX;
    const width = Math.min(SQUARE_PX, widthPx - x0);
    const height = Math.min(SQUARE_PX, heightPx - y0);
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    const image = new ImageData(width, height);
    const pixels = new Uint32Array(image.data.buffer);
    const [r, g, b] = MASK_COLOUR;
    const ink = ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) if (data[(y0 + y) * widthPx + x0 + x]) pixels[y * width + x] = ink;
    canvas.getContext("2d")?.putImageData(image, 0, 0);
    kept.set(key, canvas);
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT_MAX) break;
      kept.delete(oldest);
    }
    return canvas;
  };

  return {
    paint(context, view, opacity) {
      const ratio = devicePixelRatio || 1;
      const level = Math.min(
        mask.levels.length - 1,
        Math.max(0, Math.floor(Math.log2(1 / (view.scale * ratio)) + 0.3)),
      );
      const side = SQUARE_PX * 2 ** level;
      context.globalAlpha = opacity;
      context.imageSmoothingEnabled = view.scale < 2;
      const x1 = Math.min(mask.widthPx, view.area.x1);
      const y1 = Math.min(mask.heightPx, view.area.y1);
      for (let row = Math.max(0, Math.floor(view.area.y0 / side)); row * side < y1; row++)
        for (let column = Math.max(0, Math.floor(view.area.x0 / side)); column * side < x1; column++) {
          const square = squareOf(level, column, row);
          context.drawImage(
            square,
            column * side,
            row * side,
            square.width * 2 ** level,
            square.height * 2 ** level,
          );
        }
    },
    changed({ x0, y0, x1, y1 }) {
      for (const [key] of kept) {
        const [level, column, row] = key.split("/").map(Number) as [number, number, number];
        const side = SQUARE_PX * 2 ** level;
        if (column * side < x1 && (column + 1) * side > x0 && row * side < y1 && (row + 1) * side > y0)
          kept.delete(key);
      }
    },
  };
}
