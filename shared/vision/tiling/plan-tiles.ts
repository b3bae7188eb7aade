import { type Slice, starts } from "./plan-slices.ts";

export interface TileOptions {
  /** Tile side, px. @default 512 */
  tilePx?: number;
  /** Overlap of neighbours, px. @default 64 */
  overlapPx?: number;
  /** Tile sides are multiples of this, so a network with that stride takes them. @default 32 */
  multiplePx?: number;
  /** As many tiles, but no larger than they must be to cover the sheet: what is seen twice costs twice. @default false */
  even?: boolean;
}

/**
 * Cuts a sheet into equal tiles for segmentation, row by row (the order `createTileBlender` needs). Every tile has the
 * same size, a multiple of `multiplePx`; on a sheet smaller than a tile it reaches beyond the sheet (`tileToTensor` pads).
 */
export function planTiles(widthPx: number, heightPx: number, options: TileOptions = {}): Slice[] {
  const multiple = options.multiplePx ?? 32;
  const overlap = options.overlapPx ?? 64;
  const side = (length: number) => {
    const most = Math.min(roundUp(options.tilePx ?? 512, multiple), roundUp(Math.max(length, 1), multiple));
    if (!options.even) return most;
    const shared = Math.min(overlap, most - 1);
    const count = starts(length, most, shared).length || 1;
    return Math.min(most, roundUp(Math.ceil((length + (count - 1) * shared) / count), multiple));
  };
  const width = side(widthPx);
  const height = side(heightPx);
  const tiles: Slice[] = [];
  for (const y of starts(heightPx, height, Math.min(overlap, height - 1)))
    for (const x of starts(widthPx, width, Math.min(overlap, width - 1))) tiles.push({ x, y, width, height });
  return tiles;
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
