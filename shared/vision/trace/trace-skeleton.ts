import { IntList } from "../geometry/int-list.ts";
import { foreground, type Padded, pad } from "../geometry/padded.ts";
import type { Mask } from "../geometry/types.ts";
import { connectivityNumber, neighbourCode, neighbourCount } from "../skeletonize/neighbourhood.ts";

/** A place where a skeleton ends or branches: one or several touching critical pixels. */
export interface Knot {
  /** Mean of its pixels, sheet px. */
  x: number;
  y: number;
  /** Padded indexes of its pixels. */
  pixels: number[];
  /** Branch ends that leave from here; a branch that returns is listed twice. Empty: a lone dot. */
  ends: { branch: number; end: 0 | 1 }[];
}

/** A piece of skeleton between two knots, or a closed loop without any. */
export interface Branch {
  /** x0, y0, x1, y1, … sheet px, one pixel per step, from knot `from` to knot `to` (their pixels included). */
  points: Int32Array;
  /** Index of the knot at the start; −1 for a closed loop. */
  from: number;
  to: number;
  /** Length along the path, px (diagonal steps √2). */
  length: number;
}

export interface SkeletonTrace {
  knots: Knot[];
  branches: Branch[];
}

/**
 * Follows a skeleton (see `thin`) from critical point to critical point. A pixel lies on a line when it has exactly two
 * neighbours in two separate pieces; every other pixel is critical, and touching critical pixels are one knot.
 */
export function traceSkeleton(skeleton: Mask): SkeletonTrace {
  const field = pad(skeleton);
  return traceField(field, foreground(field));
}

const VISITED = 2;
const CRITICAL = 4;

/** Traces in a padded field; flags set on the way are cleared again before returning. */
export function traceField(field: Padded, pixels: Int32Array): SkeletonTrace {
  const { data, stride } = field;
  const critical: number[] = [];
  for (let k = 0; k < pixels.length; k++) {
    const at = pixels[k]!;
    const code = neighbourCode(data, at, stride);
    if (neighbourCount[code] !== 2 || connectivityNumber[code] !== 2) {
      data[at]! |= CRITICAL;
      critical.push(at);
    }
  }
  const around = [-stride, -stride + 1, 1, stride + 1, stride, stride - 1, -1, -stride - 1];
  const knotOf = new Map<number, number>();
  const knots = groupKnots(field, critical, knotOf, around);
  const branches: Branch[] = [];
  const path = new IntList(4096);

  /** Walks from line pixel `first`, reached from `start`, to the next knot; a line pixel has exactly one way on. */
  const follow = (start: number, first: number, from: number) => {
    path.length = 0;
    if (from >= 0) path.push(start);
    path.push(first);
    let previous = start;
    let at = first;
    while (true) {
      data[at]! |= VISITED;
      // Lines mostly run straight: look there before all around.
      let next = at + at - previous;
      if (!data[next])
        for (let k = 0; k < 8; k++) {
          next = at + around[k]!;
          if (next !== previous && data[next]) break;
        }
      path.push(next);
      if (data[next]! & (CRITICAL | VISITED)) break;
      previous = at;
      at = next;
    }
    addBranch(from, knotOf.get(path.data[path.length - 1]!) ?? -1);
  };

  const addBranch = (from: number, to: number) => {
    const points = new Int32Array(path.length * 2);
    let diagonals = 0;
    for (let i = 0; i < path.length; i++) {
      const at = path.data[i]!;
      const y = (at / stride) | 0;
      points[2 * i] = at - y * stride - 1;
      points[2 * i + 1] = y - 1;
      if (i > 0 && points[2 * i] !== points[2 * i - 2] && points[2 * i + 1] !== points[2 * i - 1])
        diagonals++;
    }
    const branch = branches.length;
    branches.push({ points, from, to, length: path.length - 1 + diagonals * (Math.SQRT2 - 1) });
    if (from >= 0) knots[from]!.ends.push({ branch, end: 0 });
    if (to >= 0) knots[to]!.ends.push({ branch, end: 1 });
  };

  for (const at of critical)
    for (const step of around) {
      const near = at + step;
      if (data[near] === 1) follow(at, near, knotOf.get(at)!);
    }
  // What is left unvisited lies on loops without a critical point.
  for (let k = 0; k < pixels.length; k++) {
    const at = pixels[k]!;
    if (data[at] !== 1) continue;
    const previous = around.map((step) => at + step).find((near) => data[near]);
    follow(previous!, at, -1);
  }
  for (let k = 0; k < pixels.length; k++) data[pixels[k]!] = 1;
  return { knots, branches };
}

function groupKnots(
  field: Padded,
  critical: number[],
  knotOf: Map<number, number>,
  around: number[],
): Knot[] {
  const { data, stride } = field;
  const knots: Knot[] = [];
  for (const start of critical) {
    if (knotOf.has(start)) continue;
    const index = knots.length;
    const pixels = [start];
    knotOf.set(start, index);
    for (const at of pixels)
      for (const step of around) {
        const near = at + step;
        if (!(data[near]! & CRITICAL) || knotOf.has(near)) continue;
        knotOf.set(near, index);
        pixels.push(near);
      }
    let [x, y] = [0, 0];
    for (const at of pixels) {
      x += (at % stride) - 1;
      y += Math.floor(at / stride) - 1;
    }
    knots.push({ x: x / pixels.length, y: y / pixels.length, pixels, ends: [] });
  }
  return knots;
}
