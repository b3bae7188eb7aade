import type { Mask, Point, Raster } from "../geometry/types.ts";
import type { VisionLineStyle } from "./types.ts";

const STYLES: readonly (VisionLineStyle | undefined)[] = [
  undefined,
  "solid",
  "dashed",
  "dotted",
  "double-slash",
  "x-marked",
];

/**
 * Style of a line from the segmenter's class image: the class most of its pixels see in their surroundings. Marks and gaps
 * lie beside and between, so a square of a line width is looked at. undefined when no pixel of a line class is near.
 */
export function styleFromIndex(
  index: Raster,
  points: readonly Point[],
  lineWidthPx: number,
): VisionLineStyle | undefined {
  const votes = new Float64Array(STYLES.length);
  const reach = Math.max(1, Math.round(lineWidthPx / 2));
  for (const [px, py] of points)
    for (let dy = -reach; dy <= reach; dy += reach)
      for (let dx = -reach; dx <= reach; dx += reach) {
        const [x, y] = [Math.round(px) + dx, Math.round(py) + dy];
        if (x < 0 || y < 0 || x >= index.width || y >= index.height) continue;
        const value = index.data[y * index.width + x]!;
        if (value < STYLES.length) votes[value]!++;
      }
  let best = 0;
  for (let k = 1; k < votes.length; k++) if (votes[k]! > (best === 0 ? 0 : votes[best]!)) best = k;
  return STYLES[best];
}

/**
 * Style of a line from its ink alone: many gaps along it make it dashed, or dotted where the pieces are hardly longer than
 * wide. A line hidden under one text has one gap and stays solid.
 */
export function styleFromGaps(ink: Mask, points: readonly Point[], lineWidthPx: number): VisionLineStyle {
  const reach = Math.max(1, Math.round(lineWidthPx / 2));
  let pieces = 0;
  let gaps = 0;
  let covered = 0;
  let previous = -1;
  for (const [px, py] of points) {
    const here = hasInk(ink, Math.round(px), Math.round(py), reach) ? 1 : 0;
    covered += here;
    if (here !== previous) {
      if (here) pieces++;
      else gaps++;
    }
    previous = here;
  }
  const bare = 1 - covered / Math.max(1, points.length);
  if (gaps < 2 || bare < 0.08) return "solid";
  // Ink is looked for in a square around the line, which lengthens each piece by about two reaches.
  const piece = covered / Math.max(1, pieces) - 2 * reach;
  if (gaps < 3 && piece > 25 * lineWidthPx) return "solid";
  return piece <= 2.5 * lineWidthPx ? "dotted" : "dashed";
}

function hasInk(ink: Mask, x: number, y: number, reach: number): boolean {
  for (let row = Math.max(0, y - reach); row <= Math.min(ink.height - 1, y + reach); row++)
    for (let col = Math.max(0, x - reach); col <= Math.min(ink.width - 1, x + reach); col++)
      if (ink.data[row * ink.width + col]) return true;
  return false;
}
