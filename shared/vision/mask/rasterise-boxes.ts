import type { Box, Mask, Point } from "../geometry/types.ts";

/** A region to fill: an axis-parallel box, or a polygon in sheet pixels (implicitly closed, even-odd). */
export type Shape = Box | { polygon: Point[] };

export interface RasteriseOptions {
  /** Growth of every shape beyond its border, px (square neighbourhood). @default 0 */
  dilatePx?: number;
}

/** Draws shapes into a mask: the node mask of a sheet. Shapes may reach beyond the sheet. */
export function rasteriseBoxes(
  width: number,
  height: number,
  shapes: readonly Shape[],
  options: RasteriseOptions = {},
): Mask {
  const data = new Uint8Array(width * height);
  const grow = options.dilatePx ?? 0;
  const fillRow = (y: number, fromX: number, toX: number) => {
    const a = Math.max(0, fromX);
    const b = Math.min(width, toX);
    if (a < b && y >= 0 && y < height) data.fill(1, y * width + a, y * width + b);
  };
  for (const shape of shapes) {
    if (Array.isArray(shape)) {
      const [x, y, w, h] = shape;
      const [x0, x1] = [Math.round(x - grow), Math.round(x + w + grow)];
      for (let row = Math.round(y - grow); row < Math.round(y + h + grow); row++) fillRow(row, x0, x1);
    } else {
      for (const [row, x0, x1] of polygonSpans(shape.polygon))
        for (let d = -grow; d <= grow; d++) fillRow(row + d, x0 - grow, x1 + grow);
    }
  }
  return { width, height, data };
}

/** Rows of a polygon as [y, first x, end x) spans: pixels whose centre lies inside, even-odd rule. */
function polygonSpans(polygon: readonly Point[]): [number, number, number][] {
  const ys = polygon.map((p) => p[1]);
  const spans: [number, number, number][] = [];
  for (let row = Math.floor(Math.min(...ys)); row <= Math.ceil(Math.max(...ys)); row++) {
    const level = row + 0.5;
    const cuts: number[] = [];
    polygon.forEach((a, i) => {
      const b = polygon[(i + 1) % polygon.length]!;
      if (a[1] <= level !== b[1] <= level) cuts.push(a[0] + ((level - a[1]) / (b[1] - a[1])) * (b[0] - a[0]));
    });
    cuts.sort((p, q) => p - q);
    for (let i = 0; i + 1 < cuts.length; i += 2)
      spans.push([row, Math.ceil(cuts[i]! - 0.5), Math.floor(cuts[i + 1]! - 0.5) + 1]);
  }
  return spans;
}
