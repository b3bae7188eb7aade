import type { Mask } from "../geometry/types.ts";
import type { Junction } from "./types.ts";

/**
 * Draws discs of two line widths' radius: places where lines join (tee, cross) in one mask, places where lines pass
 * (bridge, plain) in the other.
 */
export function drawJunctionMasks(
  width: number,
  height: number,
  junctions: readonly Pick<Junction, "at" | "kind">[],
  options: { lineWidthPx: number },
): { junctionMask: Mask; bridgeMask: Mask } {
  const joins = new Uint8Array(width * height);
  const passes = new Uint8Array(width * height);
  const radius = Math.max(2, 2 * options.lineWidthPx);
  for (const { at, kind } of junctions) {
    if (kind === "bend") continue;
    const data = kind === "tee" || kind === "cross" ? joins : passes;
    for (let y = Math.max(0, Math.ceil(at[1] - radius)); y <= Math.min(height - 1, at[1] + radius); y++) {
      const half = Math.sqrt(radius * radius - (y - at[1]) ** 2);
      const from = Math.max(0, Math.ceil(at[0] - half));
      const to = Math.min(width - 1, Math.floor(at[0] + half));
      if (from <= to) data.fill(1, y * width + from, y * width + to + 1);
    }
  }
  return {
    junctionMask: { width, height, data: joins },
    bridgeMask: { width, height, data: passes },
  };
}
