import { checkImage, type Raster } from "../geometry/types.ts";
import type { Slice } from "./plan-slices.ts";

/** Grey levels as shares of white: looking one up is cheaper than a division. */
export const SHARE = Float32Array.from({ length: 256 }, (_, level) => level / 255);

/**
 * Copies a tile of a grey sheet into a network input `[1, height, width]`, 0..1; what lies beyond the sheet is white.
 * @param target reused buffer of height·width floats
 */
export function tileToTensor(sheet: Raster, tile: Slice, target?: Float32Array): Float32Array {
  checkImage(sheet, "sheet");
  const out = target ?? new Float32Array(tile.width * tile.height);
  if (tile.x + tile.width > sheet.width || tile.y + tile.height > sheet.height) out.fill(1);
  const columns = Math.min(tile.width, sheet.width - tile.x);
  const rows = Math.min(tile.height, sheet.height - tile.y);
  for (let y = 0; y < rows; y++) {
    let source = (tile.y + y) * sheet.width + tile.x;
    let at = y * tile.width;
    for (let x = 0; x < columns; x++) out[at++] = SHARE[sheet.data[source++]!]!;
  }
  return out;
}
