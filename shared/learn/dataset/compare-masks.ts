import { type Mask, type Point, regionBoxes } from "#shared/vision";

/**
 * Places where a person painted or erased: one per region of changed pixels. A corrected mask of another size says nothing.
 * @param leastPx regions smaller than this square are noise of the brush
 */
export function changedPlaces(before: Mask, after: Mask, leastPx: number): Point[] {
  if (before.width !== after.width || before.height !== after.height) return [];
  const data = new Uint8Array(before.data.length);
  for (let i = 0; i < data.length; i++) data[i] = before.data[i] === after.data[i] ? 0 : 1;
  return regionBoxes({ width: before.width, height: before.height, data })
    .filter(([, , w, h]) => Math.max(w, h) >= leastPx)
    .map(([x, y, w, h]): Point => [x + w / 2, y + h / 2]);
}
