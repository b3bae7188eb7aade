import type { Box } from "./types.ts";

/** Answers "which boxes lie near here" without looking at all of them: a hash grid over box indexes. */
export interface BoxGrid {
  /** Indexes of the boxes whose cells touch the query box, each once, ascending. */
  near(query: Box): number[];
}

/** Builds a grid over `boxes`; `cellPx` near the typical box side works best. */
export function createBoxGrid(boxes: readonly Box[], cellPx = 128): BoxGrid {
  const cells = new Map<number, number[]>();
  const key = (cx: number, cy: number) => (cy + 4096) * 1_048_576 + (cx + 4096);
  const span = (box: Box) =>
    [
      Math.floor(box[0] / cellPx),
      Math.floor(box[1] / cellPx),
      Math.floor((box[0] + box[2]) / cellPx),
      Math.floor((box[1] + box[3]) / cellPx),
    ] as const;
  boxes.forEach((box, index) => {
    const [x0, y0, x1, y1] = span(box);
    for (let cy = y0; cy <= y1; cy++)
      for (let cx = x0; cx <= x1; cx++) {
        const list = cells.get(key(cx, cy));
        if (list) list.push(index);
        else cells.set(key(cx, cy), [index]);
      }
  });
  return {
    near(query) {
      const [x0, y0, x1, y1] = span(query);
      const found = new Set<number>();
      for (let cy = y0; cy <= y1; cy++)
        for (let cx = x0; cx <= x1; cx++) for (const index of cells.get(key(cx, cy)) ?? []) found.add(index);
      return [...found].sort((a, b) => a - b);
    },
  };
}
