import type { Box } from "../edit/geometry.ts";
import type { Mask } from "./mask.ts";

/** How far from its box a symbol's line may end, as a share of the box's smaller side. */
const MARGIN = 0.25;

/**
 * Boxes that no line of the mask reaches: a line was probably lost there. Looks at a frame around each box, where lines
 * that lead to it pass.
 */
export function unlinkedBoxes({ widthPx, heightPx, levels }: Mask, boxes: readonly Box[]): Box[] {
  const { data } = levels[0]!;
  const lit = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < widthPx && y < heightPx && data[y * widthPx + x] !== 0;
  return boxes.filter(([x, y, w, h]) => {
    const margin = Math.max(4, Math.round(Math.min(w, h) * MARGIN));
    const [left, right] = [Math.round(x), Math.round(x + w) - 1];
    const [top, bottom] = [Math.round(y), Math.round(y + h) - 1];
    for (let out = 1; out <= margin; out++) {
      for (let i = left - out; i <= right + out; i++)
        if (lit(i, top - out) || lit(i, bottom + out)) return false;
      for (let i = top - out; i <= bottom + out; i++)
        if (lit(left - out, i) || lit(right + out, i)) return false;
    }
    return true;
  });
}
