import { flatten, type Shape } from "#shared/symbols";
import { inkBox, toSheet } from "./placed.ts";
import { apply, type Skew } from "./transform.ts";
import type { PlacedSymbol, Point } from "./types.ts";

const outlines = new WeakMap<Shape, number[]>();

/** All points of a shape's outline in modules, cached per shape. */
function outline(shape: Shape): number[] {
  let points = outlines.get(shape);
  if (!points) {
    points = shape.strokes.flatMap((s) => flatten(s.d).flatMap((p) => p.points));
    outlines.set(shape, points);
  }
  return points;
}

/** Tight ink box of a symbol on a skewed sheet: x0, y0, x1, y1. A turned box would be loose around large round things. */
export function skewedInk(symbol: PlacedSymbol, at: Point, skew: Skew): [number, number, number, number] {
  if (skew.sin === 0) return inkBox(symbol, at);
  const points = outline(symbol.shape);
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = apply(skew, toSheet(symbol, at, points[i]!, points[i + 1]!));
    x0 = Math.min(x0, x);
    y0 = Math.min(y0, y);
    x1 = Math.max(x1, x);
    y1 = Math.max(y1, y);
  }
  const half = symbol.strokeWidth / 2;
  return [x0 - half, y0 - half, x1 + half, y1 + half];
}
