/** A mask in memory, 0 or 255 per pixel, with smaller copies of itself for looking at it from afar. */
export interface Mask {
  widthPx: number;
  heightPx: number;
  /** Level 0 is the mask; each next has half the sides, rounded up, and the largest of four pixels. */
  levels: readonly MaskLevel[];
}

export interface MaskLevel {
  widthPx: number;
  heightPx: number;
  data: Uint8Array;
}

/** Whole pixels, the far corner not included. */
export interface PixelArea {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/** Levels go on until one fits this square. */
const SMALLEST_PX = 512;

/** A mask over given pixels, which it keeps; memory is 4/3 of them. */
export function createMask(widthPx: number, heightPx: number, data: Uint8Array): Mask {
  if (data.length !== widthPx * heightPx)
    throw new Error(
      `a mask of ${widthPx} × ${heightPx} px has ${widthPx * heightPx} bytes, not ${data.length}`,
    );
  const levels: MaskLevel[] = [{ widthPx, heightPx, data }];
  for (let last = levels[0]!; Math.max(last.widthPx, last.heightPx) > SMALLEST_PX; last = levels.at(-1)!) {
    const width = Math.ceil(last.widthPx / 2);
    const height = Math.ceil(last.heightPx / 2);
    levels.push({ widthPx: width, heightPx: height, data: new Uint8Array(width * height) });
  }
  const mask = { widthPx, heightPx, levels };
  refreshLevels(mask, { x0: 0, y0: 0, x1: widthPx, y1: heightPx });
  return mask;
}

/** Makes the smaller copies anew where the mask has changed. */
export function refreshLevels({ levels }: Mask, area: PixelArea): void {
  let { x0, y0, x1, y1 } = area;
  for (let i = 1; i < levels.length; i++) {
    const from = levels[i - 1]!;
    const to = levels[i]!;
    x0 >>= 1;
    y0 >>= 1;
    x1 = Math.min(to.widthPx, (x1 + 1) >> 1);
    y1 = Math.min(to.heightPx, (y1 + 1) >> 1);
    for (let y = y0; y < y1; y++) {
      const upper = 2 * y * from.widthPx;
      const lower = Math.min(2 * y + 1, from.heightPx - 1) * from.widthPx;
      for (let x = x0; x < x1; x++) {
        const left = 2 * x;
        const right = Math.min(left + 1, from.widthPx - 1);
        to.data[y * to.widthPx + x] =
          from.data[upper + left]! |
          from.data[upper + right]! |
          from.data[lower + left]! |
          from.data[lower + right]!;
      }
    }
  }
}
