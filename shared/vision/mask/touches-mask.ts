import type { Mask } from "../geometry/types.ts";

/** True when a mask pixel lies within `reachPx` of the point. */
export function touchesMask(mask: Mask, x: number, y: number, reachPx: number): boolean {
  const reach = Math.ceil(reachPx);
  for (
    let row = Math.max(0, Math.round(y) - reach);
    row <= Math.min(mask.height - 1, Math.round(y) + reach);
    row++
  )
    for (
      let col = Math.max(0, Math.round(x) - reach);
      col <= Math.min(mask.width - 1, Math.round(x) + reach);
      col++
    )
      if (mask.data[row * mask.width + col]) return true;
  return false;
}
