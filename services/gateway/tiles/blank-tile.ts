import { encodePng } from "./encode-png.ts";

const pixel = (value: number, colour?: readonly [number, number, number]) =>
  encodePng({ data: Uint8Array.of(value), widthPx: 1, heightPx: 1, channels: 1 }, colour);

/** One white pixel, which a viewer stretches over the tile's place. */
export const BLANK_PAPER: Buffer = pixel(255);
/** One clear pixel. */
export const BLANK_MASK: Buffer = pixel(0, [0, 0, 0]);
