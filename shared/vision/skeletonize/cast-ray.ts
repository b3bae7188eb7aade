import type { Padded } from "../geometry/padded.ts";
import type { Mask } from "../geometry/types.ts";

export type Hit = { kind: "node" | "line"; distancePx: number; x: number; y: number };

/**
 * Looks ahead from a point for the first symbol or skeleton pixel, up to `limitPx`. The first `skipPx` see no skeleton:
 * there lies the line the ray starts from.
 */
export function castRay(
  field: Padded,
  nodes: Mask | undefined,
  from: { x: number; y: number; ux: number; uy: number },
  limitPx: number,
  skipPx: number,
): Hit | undefined {
  const { data, stride, width, height } = field;
  for (let t = 0; t <= limitPx; t++) {
    const x = Math.round(from.x + from.ux * t);
    const y = Math.round(from.y + from.uy * t);
    if (x < 0 || y < 0 || x >= width || y >= height) return undefined;
    if (nodes?.data[y * width + x]) return { kind: "node", distancePx: t, x, y };
    if (t < skipPx) continue;
    const at = (y + 1) * stride + x + 1;
    // A diagonal ray can slip between two pixels of a diagonal line: look at the 4-neighbours too.
    for (const near of [at, at + 1, at - 1, at + stride, at - stride])
      if (data[near]) {
        const row = Math.floor(near / stride);
        return { kind: "line", distancePx: t, x: near - row * stride - 1, y: row - 1 };
      }
  }
  return undefined;
}
