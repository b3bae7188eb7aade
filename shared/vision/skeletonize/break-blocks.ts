import { IntList } from "../geometry/int-list.ts";
import type { Padded } from "../geometry/padded.ts";
import { connectivityNumber, neighbourCode } from "./neighbourhood.ts";

/**
 * Removes 2×2 blocks that thinning by removal alone cannot: where four diagonal arms meet, each corner pixel of the block
 * holds an arm. One arm is led past its corner: a pixel beside the corner is added, then the corner removed, both simple at
 * their moment, so topology stays. Returns the pixels whose neighbourhood changed (empty: no block was broken).
 */
export function breakBlocks(field: Padded, pixels: Int32Array): Int32Array {
  const { data, stride } = field;
  const changed = new IntList(64);
  for (let k = 0; k < pixels.length; k++) {
    const at = pixels[k]!;
    if (!isBlock(data, at, stride)) continue;
    for (const [corner, awayX, awayY] of [
      [at, -1, -stride],
      [at + 1, 1, -stride],
      [at + stride, -1, stride],
      [at + stride + 1, 1, stride],
    ] as const)
      if (shift(field, corner, corner + awayX) || shift(field, corner, corner + awayY)) {
        for (let row = corner - 2 * stride; row <= corner + 2 * stride; row += stride)
          for (let near = row - 2; near <= row + 2; near++) if (data[near]) changed.push(near);
        break;
      }
  }
  return changed.data.slice(0, changed.length);
}

/** True when the pixel is the upper left of a 2×2 block. */
function isBlock(data: Uint8Array, at: number, stride: number): boolean {
  return (data[at]! & data[at + 1]! & data[at + stride]! & data[at + stride + 1]! & 1) === 1;
}

/** Adds `to`, removes `from`, if both steps keep the topology and make no new block; otherwise changes nothing. */
function shift(field: Padded, from: number, to: number): boolean {
  const { data, stride, width, height } = field;
  const x = to % stride;
  const y = (to - x) / stride;
  if (data[to] || x < 1 || y < 1 || x > width || y > height) return false;
  if (connectivityNumber[neighbourCode(data, to, stride)] !== 1) return false;
  data[to] = 1;
  if (connectivityNumber[neighbourCode(data, from, stride)] === 1) {
    data[from] = 0;
    const blocks = [to - stride - 1, to - stride, to - 1, to].some((corner) => isBlock(data, corner, stride));
    if (!blocks) return true;
    data[from] = 1;
  }
  data[to] = 0;
  return false;
}
