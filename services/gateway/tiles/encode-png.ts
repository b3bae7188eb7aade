import { crc32, deflateSync } from "node:zlib";
import type { Pixels } from "./pyramid.ts";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Line drawings: three is as small as nine within a tenth, in an eighth of the time. */
const DEFLATE_LEVEL = 3;

/**
 * A PNG (third edition, 5.2 to 5.3, 11.2) of 8-bit pixels, one or three channels, rows unfiltered: line art deflates best so, and
 * a tile takes a millisecond. With `colour` the one channel is how much of that colour covers the ground.
 */
export function encodePng(pixels: Pixels, colour?: readonly [number, number, number]): Buffer {
  const { data, widthPx, heightPx, channels } = pixels;
  const stride = widthPx * channels;
  const raw = Buffer.alloc((stride + 1) * heightPx);
  for (let y = 0; y < heightPx; y++)
    raw.set(data.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPx, 0);
  header.writeUInt32BE(heightPx, 4);
  header[8] = 8;
  header[9] = colour ? 3 : channels === 1 ? 0 : 2;
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    ...(colour ? cover(colour) : []),
    chunk("IDAT", deflateSync(raw, { level: DEFLATE_LEVEL })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A palette of one colour whose alpha is the index. */
function cover(colour: readonly [number, number, number]): Buffer[] {
  const palette = Buffer.alloc(256 * 3);
  for (let i = 0; i < 256; i++) palette.set(colour, i * 3);
  return [chunk("PLTE", palette), chunk("tRNS", Buffer.from(Array.from({ length: 256 }, (_, i) => i)))];
}

function chunk(type: string, data: Buffer): Buffer {
  const out = Buffer.alloc(12 + data.length);
  out.writeUInt32BE(data.length, 0);
  out.write(type, 4, "latin1");
  data.copy(out, 8);
  out.writeUInt32BE(crc32(out.subarray(4, 8 + data.length)), 8 + data.length);
  return out;
}
