import { flatten } from "./path.ts";
import type { Shape } from "./types.ts";

/** Extent of a shape's geometry in modules, without the width of its lines: x0, y0, x1, y1. */
export function shapeBounds(shape: Shape): [number, number, number, number] {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const stroke of shape.strokes) {
    for (const { points } of flatten(stroke.d)) {
      for (let i = 0; i < points.length; i += 2) {
        x0 = Math.min(x0, points[i]!);
        x1 = Math.max(x1, points[i]!);
        y0 = Math.min(y0, points[i + 1]!);
        y1 = Math.max(y1, points[i + 1]!);
      }
    }
  }
  return [x0, y0, x1, y1];
}
