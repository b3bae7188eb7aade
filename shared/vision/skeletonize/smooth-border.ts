import { IntList } from "../geometry/int-list.ts";
import type { Padded } from "../geometry/padded.ts";
import { connectivityNumber, neighbourCode, neighbourCount } from "./neighbourhood.ts";

/**
 * Evens out the border of a mask without changing its topology: fills notches (background with five or more ink neighbours)
 * and takes off bumps (ink with three or four neighbours), each only where the pixel is simple. Lines one pixel wide stay: their
 * pixels have two neighbours. Every notch left would thin to a bend and every bump to a spur.
 * @param pixels the foreground; returns the foreground after smoothing
 */
export function smoothBorder(field: Padded, pixels: Int32Array): Int32Array {
  const { data, stride, width, height } = field;
  const added = new IntList(1024);
  const last = (height + 1) * stride;
  for (let k = 0; k < pixels.length; k++)
    for (const step of [1, -1, stride, -stride]) {
      const at = pixels[k]! + step;
      if (data[at] || at < stride || at >= last) continue;
      const column = at % stride;
      if (column === 0 || column > width) continue;
      const code = neighbourCode(data, at, stride);
      if (neighbourCount[code]! < 5 || connectivityNumber[code] !== 1) continue;
      data[at] = 1;
      added.push(at);
    }
  const all = new Int32Array(pixels.length + added.length);
  all.set(pixels);
  all.set(added.data.subarray(0, added.length), pixels.length);
  let kept = 0;
  for (let k = 0; k < all.length; k++) {
    const at = all[k]!;
    const code = neighbourCode(data, at, stride);
    const count = neighbourCount[code]!;
    if ((count === 3 || (count === 4 && BUMP[code])) && connectivityNumber[code] === 1 && !isCorner(code))
      data[at] = 0;
    else all[kept++] = at;
  }
  return all.subarray(0, kept);
}

/** Half of a bump two pixels long: three neighbours in a row on one side and one beside it. */
const BUMP = Uint8Array.from({ length: 256 }, (_, code) => {
  for (let turn = 0; turn < 8; turn += 2) {
    const rotated = ((code >> turn) | (code << (8 - turn))) & 255;
    // South side full (bits 3, 4, 5), and east (bit 2) or west (bit 6).
    if (rotated === 0b00111100 || rotated === 0b01111000) return 1;
  }
  return 0;
});

/** The corner of a square end: its three neighbours are two sides and the diagonal between them. */
function isCorner(code: number): boolean {
  return code === 0b00000111 || code === 0b00011100 || code === 0b01110000 || code === 0b11000001;
}
