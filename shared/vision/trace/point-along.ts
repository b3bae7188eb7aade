import type { Point } from "../geometry/types.ts";

/** The point `distancePx` along a path from one of its ends (clamped to the path), counting diagonal steps as √2. */
export function pointAlong(points: Int32Array, fromEnd: 0 | 1, distancePx: number): Point {
  const count = points.length >> 1;
  const at = (k: number): Point => {
    const i = (fromEnd === 0 ? k : count - 1 - k) * 2;
    return [points[i]!, points[i + 1]!];
  };
  let gone = 0;
  for (let k = 1; k < count; k++) {
    const [a, b] = [at(k - 1), at(k)];
    gone += Math.hypot(b[0] - a[0], b[1] - a[1]);
    if (gone >= distancePx) return b;
  }
  return at(count - 1);
}
