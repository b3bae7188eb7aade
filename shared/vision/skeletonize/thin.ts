import { IntList } from "../geometry/int-list.ts";
import { foreground, type Padded, pad, unpad } from "../geometry/padded.ts";
import type { Mask } from "../geometry/types.ts";
import { breakBlocks } from "./break-blocks.ts";
import { deletable, neighbourCode } from "./neighbourhood.ts";

/**
 * Thins a mask to lines one pixel wide that keep its topology: same 8-connected components, same holes, line ends kept,
 * no 2×2 block left, and thinning again changes nothing.
 *
 * Peels the border in four directions per round and removes a pixel only if it is simple at that very moment, so no
 * sequence of removals can break a line. Only pixels whose neighbourhood changed are looked at again: the cost follows
 * the ink, not the sheet.
 */
export function thin(mask: Mask): Mask {
  const field = pad(mask);
  thinField(field, foreground(field));
  return unpad(field);
}

/** A pixel waiting in the queue of the next round carries this flag beside its 0/1. */
const QUEUED = 2;

/**
 * Thins in place. `pixels` are the foreground pixels whose neighbourhood may allow removal: all of them at first, only the
 * changed surroundings after an edit of a skeleton. Returns pixels that were set on the way and are not in that list.
 */
export function thinField(field: Padded, pixels: Int32Array): Int32Array {
  peel(field, pixels);
  const added = new IntList(16);
  let near = pixels;
  // Every round breaks blocks the one before left; real sheets need one.
  for (let round = 0; round < 8; round++) {
    const moved = breakBlocks(field, near);
    if (moved.length === 0) break;
    for (const at of moved) added.push(at);
    peel(field, moved);
    near = moved;
  }
  return added.data.slice(0, added.length);
}

function peel(field: Padded, pixels: Int32Array): void {
  const { data, stride } = field;
  // North, south, west, east: opposite sides in turn keep the skeleton in the middle of the line.
  const directions = [-stride, stride, -1, 1];
  let active = new IntList(pixels.length + 1);
  active.data.set(pixels);
  active.length = pixels.length;
  let next = new IntList(pixels.length + 1);
  const removable = new IntList(pixels.length + 1);
  while (active.length > 0) {
    next.length = 0;
    for (let d = 0; d < 4; d++) {
      const outward = directions[d]!;
      removable.length = 0;
      for (let k = 0; k < active.length; k++) {
        const at = active.data[k]!;
        if (data[at]! & 1 && !(data[at + outward]! & 1) && deletable[neighbourCode(data, at, stride)])
          removable.push(at);
      }
      for (let k = 0; k < removable.length; k++) {
        const at = removable.data[k]!;
        if (!deletable[neighbourCode(data, at, stride)]) continue;
        data[at] = 0;
        for (let row = at - stride; row <= at + stride; row += stride)
          for (let near = row - 1; near <= row + 1; near++)
            if (data[near] === 1) {
              data[near] = 1 | QUEUED;
              next.push(near);
            }
      }
    }
    for (let k = 0; k < next.length; k++) data[next.data[k]!]! &= 1;
    [active, next] = [next, active];
  }
}
