import type { Slice } from "./plan-slices.ts";

/** A rectangle of the sheet that the same tiles see everywhere, sheet px. */
export interface Cell extends Slice {
  /** Indexes of those tiles, ascending. */
  seenBy: number[];
}

/** Cuts a sheet along the borders of tiles; what no tile sees is left out, what lies beyond the sheet too. */
export function planCells(widthPx: number, heightPx: number, tiles: readonly Slice[]): Cell[] {
  const columns = spans(widthPx, (tile) => [tile.x, tile.x + tile.width]);
  const rows = spans(heightPx, (tile) => [tile.y, tile.y + tile.height]);
  const cells: Cell[] = [];
  for (const row of rows)
    for (const column of columns) {
      const seenBy = row.tiles.filter((tile) => column.tiles.includes(tile));
      if (seenBy.length === 0) continue;
      const [x, y] = [column.from, row.from];
      cells.push({ x, y, width: column.to - x, height: row.to - y, seenBy });
    }
  return cells;

  /** Stretches of one axis between borders, with the tiles over each. */
  function spans(length: number, of: (tile: Slice) => [number, number]) {
    const borders = new Set([0, length, ...tiles.flatMap(of).filter((at) => at > 0 && at < length)]);
    const sorted = [...borders].sort((a, b) => a - b);
    return sorted.slice(1).map((to, i) => {
      const from = sorted[i]!;
      const over = [...tiles.keys()].filter((t) => of(tiles[t]!)[0] <= from && of(tiles[t]!)[1] >= to);
      return { from, to, tiles: over };
    });
  }
}
