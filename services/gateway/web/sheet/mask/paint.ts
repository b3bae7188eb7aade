import type { Point } from "../edit/geometry.ts";
import type { Mask, PixelArea } from "./mask.ts";

/** The pixels a stroke from one point to another may touch; empty when it is beside the mask. */
export function strokeArea({ widthPx, heightPx }: Mask, from: Point, to: Point, radiusPx: number): PixelArea {
  const x0 = Math.max(0, Math.floor(Math.min(from[0], to[0]) - radiusPx));
  const y0 = Math.max(0, Math.floor(Math.min(from[1], to[1]) - radiusPx));
  const x1 = Math.min(widthPx, Math.ceil(Math.max(from[0], to[0]) + radiusPx) + 1);
  const y1 = Math.min(heightPx, Math.ceil(Math.max(from[1], to[1]) + radiusPx) + 1);
  return { x0, y0, x1: Math.max(x0, x1), y1: Math.max(y0, y1) };
}

/** Sets every pixel whose middle is within the radius of the line from one point to another. */
export function paintStroke(mask: Mask, from: Point, to: Point, radiusPx: number, value: 0 | 255): void {
  const { x0, y0, x1, y1 } = strokeArea(mask, from, to, radiusPx);
  const { data } = mask.levels[0]!;
  const [ax, ay] = from;
  const dx = to[0] - ax;
  const dy = to[1] - ay;
  const length2 = dx * dx + dy * dy;
  const reach2 = radiusPx * radiusPx;
  for (let y = y0; y < y1; y++) {
    const py = y + 0.5 - ay;
    for (let x = x0; x < x1; x++) {
      const px = x + 0.5 - ax;
      const along = length2 === 0 ? 0 : Math.min(Math.max((px * dx + py * dy) / length2, 0), 1);
      const ex = px - along * dx;
      const ey = py - along * dy;
      if (ex * ex + ey * ey <= reach2) data[y * mask.widthPx + x] = value;
    }
  }
}
