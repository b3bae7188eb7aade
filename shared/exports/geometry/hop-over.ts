import type { Point } from "#shared/messages";

/**
 * Draws a line jumping over another: replaces the straight piece through `at` by a half circle. A line whose own
 * points already leave `at` aside (its jump was traced), or that bends too near to it, is returned as it is.
 *
 * @param radiusPx of the jump
 */
export function hopOver(points: readonly Point[], at: Point, radiusPx: number): Point[] {
  for (let i = 1; i < points.length; i++) {
    const [x0, y0] = points[i - 1]!;
    const [x1, y1] = points[i]!;
    const length = Math.hypot(x1 - x0, y1 - y0);
    if (length <= 2 * radiusPx) continue;
    const [ax, ay] = [(x1 - x0) / length, (y1 - y0) / length];
    const along = (at[0] - x0) * ax + (at[1] - y0) * ay;
    const aside = Math.abs((at[0] - x0) * ay - (at[1] - y0) * ax);
    if (along < radiusPx || along > length - radiusPx || aside > radiusPx / 2) continue;
    // Jump to the left of the direction right or down, so that hops always bulge up or right whichever way the line runs.
    const side = ax > 0 || (ax === 0 && ay > 0) ? 1 : -1;
    const hop: Point[] = [];
    for (let step = 0; step <= 8; step++) {
      const angle = (Math.PI * step) / 8;
      const forward = along - Math.cos(angle) * radiusPx;
      const up = Math.sin(angle) * radiusPx * side;
      hop.push([x0 + ax * forward + ay * up, y0 + ay * forward - ax * up]);
    }
    return [...points.slice(0, i), ...hop, ...points.slice(i)];
  }
  return [...points];
}
