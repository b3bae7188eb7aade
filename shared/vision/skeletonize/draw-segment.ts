import type { IntList } from "../geometry/int-list.ts";
import type { Padded } from "../geometry/padded.ts";

/** Draws a straight line one pixel wide (Bresenham) and notes the pixels it touched. */
export function drawSegment(
  field: Padded,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  touched: IntList,
): void {
  const { data, stride, width, height } = field;
  const steps = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0));
  for (let k = 0; k <= steps; k++) {
    const x = Math.round(x0 + ((x1 - x0) * k) / (steps || 1));
    const y = Math.round(y0 + ((y1 - y0) * k) / (steps || 1));
    if (x < 0 || y < 0 || x >= width || y >= height) continue;
    const at = (y + 1) * stride + x + 1;
    data[at] = 1;
    touched.push(at);
  }
}
