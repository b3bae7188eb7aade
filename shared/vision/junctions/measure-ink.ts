import type { Mask, Point } from "../geometry/types.ts";

/** Distance from a pixel to the nearest pixel without ink, px, at most `limitPx`. */
export function clearance(ink: Mask, x: number, y: number, limitPx: number): number {
  const { width, height, data } = ink;
  let best = limitPx;
  for (let ring = 0; ring <= best; ring++)
    for (let step = -ring; step <= ring; step++)
      for (const [dx, dy] of [
        [step, -ring],
        [step, ring],
        [-ring, step],
        [ring, step],
      ] as const) {
        const [px, py] = [x + dx, y + dy];
        const outside = px < 0 || py < 0 || px >= width || py >= height;
        if (outside || !data[py * width + px]) best = Math.min(best, Math.hypot(dx, dy));
      }
  return best;
}

/** Radius of the largest ink disc whose centre lies within a line width of the point, px. */
export function inkRadius(ink: Mask, at: Point, lineWidthPx: number): number {
  const reach = Math.max(1, Math.round(0.8 * lineWidthPx));
  let best = 0;
  for (let dy = -reach; dy <= reach; dy++)
    for (let dx = -reach; dx <= reach; dx++) {
      const [x, y] = [Math.round(at[0]) + dx, Math.round(at[1]) + dy];
      if (x < 0 || y < 0 || x >= ink.width || y >= ink.height || !ink.data[y * ink.width + x]) continue;
      best = Math.max(best, clearance(ink, x, y, 6 * lineWidthPx));
    }
  return best;
}

/** Width of the line at a skeleton point: the shortest of the four runs of ink through it, px; 0 without ink. */
export function inkWidth(ink: Mask, x: number, y: number, limitPx: number): number {
  const { width, height, data } = ink;
  if (!data[y * width + x]) return 0;
  let best = limitPx;
  for (const [dx, dy] of [
    [1, 0],
    [0, 1],
    [1, 1],
    [1, -1],
  ] as const) {
    const unit = dx !== 0 && dy !== 0 ? Math.SQRT2 : 1;
    let run = 1;
    for (const sign of [1, -1])
      for (let k = 1; run * unit < best; k++) {
        const [px, py] = [x + sign * k * dx, y + sign * k * dy];
        if (px < 0 || py < 0 || px >= width || py >= height || !data[py * width + px]) break;
        run++;
      }
    best = Math.min(best, run * unit);
  }
  return best;
}
