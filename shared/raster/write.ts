import type { Mask, Picture, Raster } from "#shared/vision";
import { encodePng } from "./png-encode.ts";

/** Stores a mask of 0 and 1 as a 1-bit grey PNG: every reader shows 0 and 255. */
export function writeMask(mask: Mask): Promise<Uint8Array> {
  const { width, height, data } = mask;
  const stride = 1 + ((width + 7) >> 3);
  const rows = new Uint8Array(stride * height);
  for (let y = 0, from = 0; y < height; y++) {
    let to = y * stride + 1;
    for (let x = 0; x + 8 <= width; x += 8, from += 8, to++) {
      const bits =
        (data[from]! << 7) |
        (data[from + 1]! << 6) |
        (data[from + 2]! << 5) |
        (data[from + 3]! << 4) |
        (data[from + 4]! << 3) |
        (data[from + 5]! << 2) |
        (data[from + 6]! << 1) |
        data[from + 7]!;
      if (bits) rows[to] = bits;
    }
    for (let x = width & ~7; x < width; x++) if (data[from++]) rows[to]! |= 128 >> (x & 7);
  }
  return encodePng(rows, { width, height, channels: 1, bitDepth: 1 });
}

/** Stores one channel as an 8-bit grey PNG. */
export function writeGrey(raster: Raster, options: { dpi?: number } = {}): Promise<Uint8Array> {
  return writePicture({ ...raster, channels: 1 }, options);
}

/** Stores a grey or RGB picture as an 8-bit PNG. */
export function writePicture(picture: Picture, options: { dpi?: number } = {}): Promise<Uint8Array> {
  const { width, height, channels, data } = picture;
  if (channels === 4)
    throw new TypeError("a picture with alpha has to be put on a ground before it is stored");
  const row = width * channels;
  const rows = new Uint8Array((row + 1) * height);
  for (let y = 0; y < height; y++) rows.set(data.subarray(y * row, (y + 1) * row), y * (row + 1) + 1);
  return encodePng(rows, { width, height, channels, bitDepth: 8, ...options });
}
