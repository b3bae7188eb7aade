import { promisify } from "node:util";
import { crc32, deflate } from "node:zlib";

const compress = promisify(deflate);
const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** PNG colour types by channel count. */
const COLOUR_TYPE: Record<number, number> = { 1: 0, 3: 2 };
/** Drawings shrink to about a tenth; each further piece is a trip to another thread. */
const OUTPUT_CHUNK = 1 << 20;

function chunk(type: string, data: Uint8Array): Buffer {
  const out = Buffer.alloc(12 + data.length);
  out.writeUInt32BE(data.length, 0);
  out.write(type, 4, "latin1");
  out.set(data, 8);
  out.writeUInt32BE(crc32(out.subarray(4, 8 + data.length)), 8 + data.length);
  return out;
}

/**
 * Writes rows as a PNG without row filters at compression level 2: for drawings (long runs of one value) that is both
 * smaller and about ten times faster than filtering.
 * @param rows one filter byte (0) followed by the packed samples, per row
 */
export async function encodePng(
  rows: Uint8Array,
  image: { width: number; height: number; channels: 1 | 3; bitDepth: 1 | 8; dpi?: number },
): Promise<Uint8Array> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(image.width, 0);
  header.writeUInt32BE(image.height, 4);
  header[8] = image.bitDepth;
  header[9] = COLOUR_TYPE[image.channels]!;
  const chunks = [SIGNATURE, chunk("IHDR", header)];
  if (image.dpi) {
    const physical = Buffer.alloc(9, 1); // last byte: the unit is the metre
    const perMetre = Math.round(image.dpi / 0.0254);
    physical.writeUInt32BE(perMetre, 0);
    physical.writeUInt32BE(perMetre, 4);
    chunks.push(chunk("pHYs", physical));
  }
  chunks.push(
    chunk("IDAT", await compress(rows, { level: 2, chunkSize: OUTPUT_CHUNK })),
    chunk("IEND", new Uint8Array(0)),
  );
  return Buffer.concat(chunks);
}
