import { Refusal } from "./refusal.ts";

/** What the first 33 bytes of a PNG say. */
export interface PngHeader {
  widthPx: number;
  heightPx: number;
  /** Bits per channel. */
  bitDepth: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGBA. */
  colourType: number;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * Reads signature and IHDR (PNG, third edition, 5.2 and 11.2.1) without decoding a pixel.
 * @throws Refusal `NOT_A_PNG`
 */
export function pngHeader(bytes: Uint8Array): PngHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isPng =
    bytes.byteLength >= 33 &&
    SIGNATURE.every((byte, i) => bytes[i] === byte) &&
    view.getUint32(8) === 13 &&
    view.getUint32(12) === 0x49484452;
  if (!isPng) throw new Refusal("invalid", "NOT_A_PNG", `${bytes.byteLength} bytes are not a PNG image`);
  return {
    widthPx: view.getUint32(16),
    heightPx: view.getUint32(20),
    bitDepth: view.getUint8(24),
    colourType: view.getUint8(25),
  };
}
