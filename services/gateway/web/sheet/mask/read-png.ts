import { SIGNATURE } from "./png-chunks.ts";
import { unfilterRow } from "./unfilter-row.ts";

/** A mask as a file has it. */
export interface GreyImage {
  widthPx: number;
  heightPx: number;
  /** 0 or 255 per pixel. */
  data: Uint8Array;
}

/** Samples per pixel by colour type: grey, RGB, palette, grey with alpha, RGBA. */
const SAMPLES: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/**
 * Reads a mask's PNG (third edition) into one byte a pixel, row by row as it is inflated: 255 where the first sample is in the
 * upper half. Every colour type and depth but interlaced ones.
 * @throws Error with what is wrong
 */
export async function readMaskPng(bytes: Uint8Array): Promise<GreyImage> {
  if (!SIGNATURE.every((byte, i) => bytes[i] === byte)) throw new Error("the mask is no PNG");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const widthPx = view.getUint32(16);
  const heightPx = view.getUint32(20);
  const depth = view.getUint8(24);
  const colourType = view.getUint8(25);
  const samples = SAMPLES[colourType];
  if (samples === undefined)
    throw new Error(`the mask has colour type ${colourType}, which PNG does not know`);
  if (view.getUint8(28) !== 0) throw new Error("the mask is interlaced, which is not read here");
  const palette: number[] = [];
  const compressed: Uint8Array[] = [];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (type === "IDAT") compressed.push(data);
    else if (type === "PLTE") for (let i = 0; i < data.length; i += 3) palette.push(data[i]!);
    at += 12 + length;
  }
  const bits = depth * samples;
  const stride = Math.ceil((widthPx * bits) / 8);
  const step = Math.max(1, bits >> 3);
  const out = new Uint8Array(widthPx * heightPx);
  // The row before and this one; PNG's filters look at no more.
  let above = new Uint8Array(stride);
  let row = new Uint8Array(stride);
  let filled = -1;
  let filter = 0;
  let y = 0;
  await eachPiece(compressed, (piece) => {
    for (let i = 0; i < piece.length && y < heightPx; ) {
      if (filled < 0) {
        filter = piece[i++]!;
        filled = 0;
        continue;
      }
      const part = Math.min(stride - filled, piece.length - i);
      row.set(piece.subarray(i, i + part), filled);
      i += part;
      filled += part;
      if (filled < stride) continue;
      unfilterRow(filter, row, above, step);
      takeRow(row, out.subarray(y * widthPx, (y + 1) * widthPx), depth, samples, palette);
      [above, row] = [row, above];
      filled = -1;
      y++;
    }
  });
  if (y < heightPx) throw new Error(`the mask ends after ${y} of ${heightPx} rows`);
  return { widthPx, heightPx, data: out };
}

async function eachPiece(
  compressed: readonly Uint8Array[],
  take: (piece: Uint8Array) => void,
): Promise<void> {
  const source = new Blob([...compressed] as BlobPart[]).stream();
  const reader = source.pipeThrough(new DecompressionStream("deflate")).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    take(value);
  }
}

function takeRow(
  row: Uint8Array,
  out: Uint8Array,
  depth: number,
  samples: number,
  palette: readonly number[],
): void {
  const half = depth >= 8 ? 127 : (1 << (depth - 1)) - 1;
  const mask = (1 << Math.min(depth, 8)) - 1;
  for (let x = 0; x < out.length; x++) {
    const bit = x * depth * samples;
    const value = depth >= 8 ? row[bit >> 3]! : (row[bit >> 3]! >> (8 - depth - (bit & 7))) & mask;
    const on = palette.length > 0 ? (palette[value] ?? 0) > 127 : value > half;
    out[x] = on ? 255 : 0;
  }
}
