import { type Mask, type Picture, type Raster, toGrey } from "#shared/vision";
import { decodeImage } from "./decode.ts";
import { checkPixels, MAX_PIXELS } from "./limits.ts";
import { decodePlainPng, type PlainPng } from "./png-decode.ts";
import { probeImage } from "./probe.ts";

export interface ReadOptions {
  /** Most pixels decoded. @default MAX_PIXELS */
  maxPixels?: number;
}

/**
 * Reads an image artifact as it is: grey stays one channel, colour becomes RGB, 8 bit.
 * @throws PermanentError `IMAGE_TOO_LARGE`, `IMAGE_TRUNCATED`, `IMAGE_BROKEN`, `NOT_AN_IMAGE`
 */
export async function readPicture(
  bytes: Uint8Array,
  { maxPixels = MAX_PIXELS }: ReadOptions = {},
): Promise<Picture> {
  const plain = await decodePlainPng(bytes, maxPixels);
  if (plain) return unpack(plain);
  const header = await probeImage(bytes);
  checkPixels(header.widthPx, header.heightPx, maxPixels);
  return decodeImage(bytes, header);
}

/** Reads an image artifact as one channel of 0..255; colour is turned into luma (Rec. 601). */
export async function readGrey(bytes: Uint8Array, options?: ReadOptions): Promise<Raster> {
  return toGrey(await readPicture(bytes, options));
}

/** Reads a mask of any bit depth: what is lighter than middle grey is 1. */
export async function readMask(bytes: Uint8Array, options?: ReadOptions): Promise<Mask> {
  const plain = await decodePlainPng(bytes, options?.maxPixels ?? MAX_PIXELS);
  if (plain?.bitDepth === 1) {
    const { width, height, rows } = plain;
    return { width, height, data: spreadBits(rows, width, height, 1) };
  }
  const { width, height, data } = await readGrey(bytes, options);
  for (let i = 0; i < data.length; i++) data[i] = data[i]! >> 7;
  return { width, height, data };
}

/** Drops the filter bytes and spreads bits to 0 and 255. */
function unpack({ width, height, channels, bitDepth, rows }: PlainPng): Picture {
  const row = width * channels;
  if (bitDepth === 8) {
    const data = new Uint8Array(row * height);
    for (let y = 0; y < height; y++) data.set(rows.subarray(y * (row + 1) + 1, (y + 1) * (row + 1)), y * row);
    return { width, height, channels, data };
  }
  return { width, height, channels, data: spreadBits(rows, width, height, 255) };
}

/** One byte per bit: 0 or `one`. Bytes without a bit, which most of a mask are, are stepped over. */
function spreadBits(rows: Uint8Array, width: number, height: number, one: number): Uint8Array {
  const data = new Uint8Array(width * height);
  const stride = 1 + ((width + 7) >> 3);
  for (let y = 0; y < height; y++)
    for (let b = 1; b < stride; b++) {
      let bits = rows[y * stride + b]!;
      if (bits === 0) continue;
      const left = (b - 1) * 8;
      const end = y * width + Math.min(width, left + 8);
      for (let at = y * width + left; at < end; at++, bits <<= 1) if (bits & 128) data[at] = one;
    }
  return data;
}
