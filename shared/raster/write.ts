import type { Mask, Picture, Raster } from "#shared/vision";
import { encodePng } from "./png-encode.ts";

/** Stores a mask as a 1-bit grey PNG: every reader shows 0 and 255. */
export function writeMask(mask: Mask): Promise<Uint8Array> {
  const { width, height, data } = mask;
  const stride = 1 + ((width + 7) >> 3);
  const rows = new Uint8Array(stride * height);
  for (let y = 0, from = 0; y < height; y++) {
    let to = y * stride + 1;
    let bits = 0;
    for (let x = 0; x < width; x++) {
      bits = (bits << 1) | (data[from++] ? 1 : 0);
      if ((x & 7) === 7) {
        rows[to++] = bits;
        bits = 0;
      }
    }
    if (width & 7) rows[to] = bits << (8 - (width & 7));
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
