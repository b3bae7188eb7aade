import type { Box } from "../geometry/types.ts";
import type { Slice } from "./plan-slices.ts";

/** How a picture is laid into a square network input: `input = sheet × scale + pad`. */
export interface Fit {
  scale: number;
  padX: number;
  padY: number;
  /** Side of the square input, px. */
  inputPx: number;
}

/** Scales a picture to fit a square input, centred, aspect kept (the letterbox of YOLO exports). */
export function letterbox(widthPx: number, heightPx: number, inputPx: number): Fit {
  const scale = Math.min(inputPx / widthPx, inputPx / heightPx);
  return {
    scale,
    padX: (inputPx - widthPx * scale) / 2,
    padY: (inputPx - heightPx * scale) / 2,
    inputPx,
  };
}

/** Maps a box from network input pixels back to sheet pixels, clipped to the slice it was found in. */
export function fromLetterbox(box: Box, fit: Fit, slice: Slice): Box {
  const limit = (value: number, top: number) => Math.min(Math.max(value, 0), top);
  const x0 = limit((box[0] - fit.padX) / fit.scale, slice.width);
  const y0 = limit((box[1] - fit.padY) / fit.scale, slice.height);
  const x1 = limit((box[0] + box[2] - fit.padX) / fit.scale, slice.width);
  const y1 = limit((box[1] + box[3] - fit.padY) / fit.scale, slice.height);
  return [slice.x + x0, slice.y + y0, x1 - x0, y1 - y0];
}
