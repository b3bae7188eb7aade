import { IntList } from "../geometry/int-list.ts";
import { foreground, type Padded, pad, unpad } from "../geometry/padded.ts";
import type { Mask } from "../geometry/types.ts";
import { type SkeletonTrace, traceField } from "../trace/trace-skeleton.ts";
import { thinField } from "./thin.ts";

/**
 * A skeleton being edited: pixels are erased and drawn, `settle` thins again around the edits only, and the trace is made
 * once per state. What an edit costs follows the edit, not the sheet.
 */
export class WorkingSkeleton {
  readonly field: Padded;
  #pixels: Int32Array;
  #trace: SkeletonTrace | undefined;
  readonly #edited = new IntList();

  private constructor(field: Padded, pixels: Int32Array) {
    this.field = field;
    this.#pixels = pixels;
  }

  /** Thins a padded mask in place and takes it over. @param pixels its foreground, where already listed */
  static thinning(field: Padded, pixels: Int32Array = foreground(field)): WorkingSkeleton {
    const added = thinField(field, pixels);
    return new WorkingSkeleton(field, compact(field, pixels, added));
  }

  /** Takes over a skeleton made before. */
  static from(skeleton: Mask): WorkingSkeleton {
    const field = pad(skeleton);
    return new WorkingSkeleton(field, foreground(field));
  }

  /** Knots and branches of the current state. */
  get trace(): SkeletonTrace {
    this.#trace ??= traceField(this.field, this.#pixels);
    return this.#trace;
  }

  /** Clears a pixel, sheet px. */
  erase(x: number, y: number): void {
    const at = (y + 1) * this.field.stride + x + 1;
    this.field.data[at] = 0;
    this.#edited.push(at);
  }

  /** Clears a branch of the current trace, but not its pixels in knots where other branches go on. */
  eraseBranch(index: number): void {
    const { knots, branches } = this.trace;
    const { points, from, to } = branches[index]!;
    const count = points.length / 2;
    const first = from >= 0 && knots[from]!.ends.length > 1 ? 1 : 0;
    const last = to >= 0 && knots[to]!.ends.length > 1 ? count - 1 : count;
    for (let k = first; k < last; k++) this.erase(points[2 * k]!, points[2 * k + 1]!);
  }

  /** Draws a straight line one pixel wide; what lies beyond the sheet is left out. */
  draw(x0: number, y0: number, x1: number, y1: number): void {
    const { data, stride, width, height } = this.field;
    const steps = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0));
    for (let k = 0; k <= steps; k++) {
      const x = Math.round(x0 + ((x1 - x0) * k) / (steps || 1));
      const y = Math.round(y0 + ((y1 - y0) * k) / (steps || 1));
      if (x < 0 || y < 0 || x >= width || y >= height) continue;
      const at = (y + 1) * stride + x + 1;
      data[at] = 1;
      this.#edited.push(at);
    }
  }

  /** Thins again around what was edited; the next `trace` sees the result. */
  settle(): void {
    if (this.#edited.length === 0) return;
    const { data, stride } = this.field;
    const near = new Set<number>();
    for (let k = 0; k < this.#edited.length; k++)
      for (let row = this.#edited.data[k]! - stride, r = 0; r < 3; r++, row += stride)
        for (let at = row - 1; at <= row + 1; at++) if (data[at]) near.add(at);
    const changed = Int32Array.from(near);
    const added = thinField(this.field, changed);
    const drawn = new Int32Array(changed.length + added.length);
    drawn.set(changed);
    drawn.set(added, changed.length);
    this.#pixels = compact(this.field, this.#pixels, drawn);
    this.#edited.length = 0;
    this.#trace = undefined;
  }

  /** A copy as a plain mask. */
  toMask(): Mask {
    return unpad(this.field);
  }
}

/** Pixels of both lists that are still set, each once. */
function compact(field: Padded, pixels: Int32Array, more: Int32Array): Int32Array {
  const { data } = field;
  const list = new IntList(pixels.length + more.length + 1);
  for (const part of [pixels, more])
    for (let k = 0; k < part.length; k++) {
      const at = part[k]!;
      if (data[at] !== 1) continue;
      data[at] = 3;
      list.push(at);
    }
  for (let k = 0; k < list.length; k++) data[list.data[k]!] = 1;
  return list.data.slice(0, list.length);
}
