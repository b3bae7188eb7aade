import { nextNonZero, wordsOf } from "../geometry/next-non-zero.ts";
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
  const words = wordsOf(data);
  const cellOf = Uint32Array.from({ length: width }, (_, x) => Math.floor(x / cellPx));
  const eachInk = (visit: (x: number, y: number, cell: number) => void) => {
    let y = 0;
    for (let i = nextNonZero(data, words, 0); i < data.length; i = nextNonZero(data, words, i + 1)) {
      while (i >= (y + 1) * width) y++;
      const x = i - y * width;
      visit(x, y, Math.floor(y / cellPx) * columns + cellOf[x]!);
    }
  };
  eachInk((_x, _y, cell) => {
    cells.data[cell] = 1;
  });
  const { count, labels } = labelComponents(cells);
  const bounds = Array.from({ length: count }, () => ({ x0: width, y0: height, x1: -1, y1: -1, ink: 0 }));
  eachInk((x, y, cell) => {
    const region = bounds[labels[cell]! - 1]!;
    if (x < region.x0) region.x0 = x;
    if (x > region.x1) region.x1 = x;
    if (y < region.y0) region.y0 = y;
    region.y1 = y;
    region.ink++;
  });
  return bounds
    .filter(({ ink }) => ink >= minPx)
    .map(({ x0, y0, x1, y1 }): Box => [x0, y0, x1 - x0 + 1, y1 - y0 + 1]);
}
