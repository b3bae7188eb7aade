import { checkImage, type Mask } from "./types.ts";

/**
 * A mask with a rim of one background pixel, so that every pixel of the sheet has eight neighbours and pixel loops need
 * no bounds checks. Pixel (x, y) sits at `(y + 1) * stride + x + 1`.
 */
export interface Padded {
  readonly width: number;
  readonly height: number;
  readonly stride: number;
  readonly data: Uint8Array;
}

/** Copies a mask into a padded one; any non-zero byte becomes 1 only if `mask` already holds 0 and 1. */
export function pad(mask: Mask): Padded {
  checkImage(mask, "mask");
  const { width, height } = mask;
  const stride = width + 2;
  const data = new Uint8Array(stride * (height + 2));
  for (let y = 0; y < height; y++)
    data.set(mask.data.subarray(y * width, (y + 1) * width), (y + 1) * stride + 1);
  return { width, height, stride, data };
}

/** Cuts the rim off again; any non-zero byte becomes what it is, masks hold 0 and 1. */
export function unpad(padded: Padded): Mask {
  const { width, height, stride } = padded;
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    data.set(padded.data.subarray((y + 1) * stride + 1, (y + 1) * stride + 1 + width), y * width);
  return { width, height, data };
}

/** Indexes of all foreground pixels in raster order. Skips empty stretches eight bytes at a time. */
export function foreground(padded: Padded): Int32Array {
  const { data } = padded;
  let list = new Int32Array(1 << 16);
  let count = 0;
  const words = new Float64Array(data.buffer, data.byteOffset, data.length >> 3);
  const tail = words.length << 3;
  for (let w = 0; w < words.length; w++) {
    // Eight zero bytes read as the double 0; bytes 0 and 1 never make a NaN or a negative zero.
    if (words[w] === 0) continue;
    if (count + 8 > list.length) list = grow(list);
    for (let i = w << 3; i < (w << 3) + 8; i++) if (data[i]) list[count++] = i;
  }
  for (let i = tail; i < data.length; i++)
    if (data[i]) {
      if (count === list.length) list = grow(list);
      list[count++] = i;
    }
  return list.subarray(0, count);
}

function grow(list: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(list.length * 2);
  larger.set(list);
  return larger;
}
