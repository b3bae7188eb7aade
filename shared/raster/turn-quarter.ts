import type { Picture } from "#shared/vision";
import type { Affine } from "./rotate.ts";

/** Degrees clockwise. */
export type QuarterTurn = 0 | 90 | 180 | 270;

/** Turns a picture by quarters, pixel by pixel: nothing is lost. @returns it, and the map from old to new coordinates */
export function turnQuarter(picture: Picture, turn: QuarterTurn): { picture: Picture; map: Affine } {
  const { width: w, height: h, channels, data } = picture;
  if (turn === 0) return { picture, map: [1, 0, 0, 0, 1, 0] };
  const [width, height] = turn === 180 ? [w, h] : [h, w];
  const turned = new Uint8Array(data.length);
  // Where the first pixel of a row goes, and how far its neighbours are from there.
  const start = (y: number) =>
    turn === 90 ? h - 1 - y : turn === 180 ? w * h - 1 - y * w : (height - 1) * width + y;
  const step = turn === 90 ? width : turn === 180 ? -1 : -width;
  for (let y = 0, from = 0; y < h; y++)
    for (let x = 0, to = start(y); x < w; x++, to += step, from += channels)
      for (let c = 0; c < channels; c++) turned[to * channels + c] = data[from + c]!;
  const map: Affine =
    turn === 90 ? [0, -1, h, 1, 0, 0] : turn === 180 ? [-1, 0, w, 0, -1, h] : [0, 1, 0, -1, 0, w];
  return { picture: { width, height, channels, data: turned }, map };
}
