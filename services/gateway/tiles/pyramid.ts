/** Side of a tile, in pixels; those at the right and lower border are smaller. */
export const TILE_PX = 512;

/** One level of a pyramid. */
export interface Level {
  level: number;
  widthPx: number;
  heightPx: number;
  columns: number;
  rows: number;
}

/**
 * Levels of a deep-zoom pyramid as viewers number them (Deep Zoom, IIIF level 0): the highest is the picture itself, each
 * below has half its sides, rounded up. Lowest first; the lowest fits one tile.
 */
export function levelsOf(widthPx: number, heightPx: number): Level[] {
  const top = Math.ceil(Math.log2(Math.max(widthPx, heightPx, 1)));
  const levels: Level[] = [];
  for (let level = top; level >= 0; level--) {
    const scale = 2 ** (top - level);
    const width = Math.ceil(widthPx / scale);
    const height = Math.ceil(heightPx / scale);
    levels.unshift({
      level,
      widthPx: width,
      heightPx: height,
      columns: Math.ceil(width / TILE_PX),
      rows: Math.ceil(height / TILE_PX),
    });
    if (width <= TILE_PX && height <= TILE_PX) break;
  }
  return levels;
}

/** How four pixels become one. */
export type Reduction = "ink" | "max";

/** Pixels, row-major, channels interleaved. */
export interface Pixels {
  data: Uint8Array;
  widthPx: number;
  heightPx: number;
  channels: number;
}

/**
 * Half the sides, rounded up. `max` keeps a mask's one-pixel lines at every level; `ink` takes the middle of mean and
 * darkest, so that thin ink on paper fades slower than an average would have it.
 */
export function halve({ data, widthPx, heightPx, channels }: Pixels, reduction: Reduction): Pixels {
  const width = Math.ceil(widthPx / 2);
  const height = Math.ceil(heightPx / 2);
  const out = new Uint8Array(width * height * channels);
  const max = reduction === "max";
  let to = 0;
  for (let y = 0; y < height; y++) {
    const upper = y * 2 * widthPx * channels;
    const lower = Math.min(y * 2 + 1, heightPx - 1) * widthPx * channels;
    for (let x = 0; x < width; x++) {
      const left = x * 2 * channels;
      const right = Math.min(x * 2 + 1, widthPx - 1) * channels;
      for (let c = 0; c < channels; c++) {
        const a = data[upper + left + c]!;
        const b = data[upper + right + c]!;
        const d = data[lower + left + c]!;
        const e = data[lower + right + c]!;
        if (max) out[to++] = Math.max(a, b, d, e);
        else out[to++] = (((a + b + d + e) >> 2) + Math.min(a, b, d, e)) >> 1;
      }
    }
  }
  return { data: out, widthPx: width, heightPx: height, channels };
}

/** The pixels of one tile, or null when all of them are `blank`. */
export function cutTile(picture: Pixels, column: number, row: number, blank: number): Pixels | null {
  const { data, channels } = picture;
  const left = column * TILE_PX;
  const top = row * TILE_PX;
  const widthPx = Math.min(TILE_PX, picture.widthPx - left);
  const heightPx = Math.min(TILE_PX, picture.heightPx - top);
  const out = new Uint8Array(widthPx * heightPx * channels);
  for (let y = 0; y < heightPx; y++) {
    const from = ((top + y) * picture.widthPx + left) * channels;
    out.set(data.subarray(from, from + widthPx * channels), y * widthPx * channels);
  }
  for (let i = 0; i < out.length; i++)
    if (out[i] !== blank) return { data: out, widthPx, heightPx, channels };
  return null;
}
