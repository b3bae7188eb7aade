import type { Mask, Point } from "../geometry/types.ts";
import { inkWidth } from "../junctions/measure-ink.ts";

/** Width of a line: the median over samples along it, leaving out its ends; `fallbackPx` without ink. */
export function lineWidthAlong(ink: Mask | undefined, points: readonly Point[], fallbackPx: number): number {
  if (!ink) return round(fallbackPx);
  const widths: number[] = [];
  const step = Math.max(1, Math.floor(points.length / 64));
  for (let k = Math.floor(points.length * 0.1); k < points.length * 0.9; k += step) {
    const [x, y] = [Math.round(points[k]![0]), Math.round(points[k]![1])];
    if (x < 0 || y < 0 || x >= ink.width || y >= ink.height) continue;
    const width = inkWidth(ink, x, y, 6 * fallbackPx + 4);
    if (width > 0) widths.push(width);
  }
  if (widths.length === 0) return round(fallbackPx);
  widths.sort((a, b) => a - b);
  return round(widths[widths.length >> 1]!);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
