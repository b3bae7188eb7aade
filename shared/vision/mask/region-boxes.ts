import type { Box, Mask } from "../geometry/types.ts";
import { labelComponents } from "./label-components.ts";

export interface RegionOptions {
  /** Pixels nearer than about this belong to one region, px. @default 8 */
  cellPx?: number;
  /** Regions with fewer pixels are noise. @default 12 */
  minPx?: number;
}

/**
 * Boxes around clusters of ink: letters close to each other become one box around their word. Ink is gathered in cells,
 * neighbouring cells in regions; boxes are tight around the ink.
 */
export function regionBoxes(mask: Mask, options: RegionOptions = {}): Box[] {
  const { cellPx = 8, minPx = 12 } = options;
  const { width, height, data } = mask;
  const columns = Math.ceil(width / cellPx);
  const rows = Math.ceil(height / cellPx);
  const cells = { width: columns, height: rows, data: new Uint8Array(columns * rows) };
  const inked: number[] = [];
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.floor(y / cellPx) * columns;
    for (let x = 0; x < width; x++, i++)
      if (data[i]) {
        cells.data[row + Math.floor(x / cellPx)] = 1;
        inked.push(x, y);
      }
  }
  const { count, labels } = labelComponents(cells);
  const bounds = Array.from({ length: count }, () => ({ x0: width, y0: height, x1: -1, y1: -1, ink: 0 }));
  for (let k = 0; k < inked.length; k += 2) {
    const [x, y] = [inked[k]!, inked[k + 1]!];
    const region = bounds[labels[Math.floor(y / cellPx) * columns + Math.floor(x / cellPx)]! - 1]!;
    region.x0 = Math.min(region.x0, x);
    region.y0 = Math.min(region.y0, y);
    region.x1 = Math.max(region.x1, x);
    region.y1 = Math.max(region.y1, y);
    region.ink++;
  }
  return bounds
    .filter(({ ink }) => ink >= minPx)
    .map(({ x0, y0, x1, y1 }): Box => [x0, y0, x1 - x0 + 1, y1 - y0 + 1]);
}
