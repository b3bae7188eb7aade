import { DisjointSets } from "../geometry/disjoint-sets.ts";
import { nextNonZero, wordsOf } from "../geometry/next-non-zero.ts";
import type { Box, Raster } from "../geometry/types.ts";

/** Boxes around the pieces of connected ink (8-connected, whatever their classes), by runs: costs what the ink does. */
export function inkPieces({ width, data }: Raster): Box[] {
  const words = wordsOf(data);
  const runs: number[] = [];
  for (let at = nextNonZero(data, words, 0); at < data.length; ) {
    const y = Math.floor(at / width);
    const end = (y + 1) * width;
    let to = at + 1;
    while (to < end && data[to]) to++;
    runs.push(y, at - y * width, to - 1 - y * width);
    at = nextNonZero(data, words, to);
  }
  const count = runs.length / 3;
  const sets = new DisjointSets(count);
  let above = 0;
  for (let run = 0; run < count; run++) {
    const [y, x0, x1] = [runs[3 * run]!, runs[3 * run + 1]!, runs[3 * run + 2]!];
    while (runs[3 * above]! < y - 1 || (runs[3 * above]! === y - 1 && runs[3 * above + 2]! < x0 - 1)) above++;
    // The last run that touches may touch the next one of this row, too.
    for (let k = above; runs[3 * k]! === y - 1 && runs[3 * k + 1]! <= x1 + 1; k++) sets.join(run, k);
  }
  const bounds = new Map<number, [number, number, number, number]>();
  for (let run = 0; run < count; run++) {
    const [y, x0, x1] = [runs[3 * run]!, runs[3 * run + 1]!, runs[3 * run + 2]!];
    const root = sets.find(run);
    const known = bounds.get(root);
    if (!known) bounds.set(root, [x0, y, x1, y]);
    else {
      known[0] = Math.min(known[0], x0);
      known[2] = Math.max(known[2], x1);
      known[3] = y;
    }
  }
  return [...bounds.values()].map(([x0, y0, x1, y1]): Box => [x0, y0, x1 - x0 + 1, y1 - y0 + 1]);
}
