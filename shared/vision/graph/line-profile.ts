import type { Point, Raster } from "../geometry/types.ts";

/** Ink on both sides of a line, one entry per point of its path, px; NaN where the path turns. */
export interface LineProfile {
  left: Float32Array;
  right: Float32Array;
}

/** Points on either side that tell the direction of a path, and by how much shorter their chord may be than the way. */
const SPAN = 5;
const BENT = 0.95;
/** Less darkness than this share of full ink is paper. */
const FAINT = 0.3;

/** How dark full ink and how light paper is on a sheet: the grey level one in a thousand is below, and the most frequent. */
export function inkLevels(sheet: Raster): { ink: number; paper: number } {
  const counts = new Uint32Array(256);
  for (let i = 0; i < sheet.data.length; i += 3) counts[sheet.data[i]!]!++;
  let paper = 255;
  for (let v = 0; v < 256; v++) if (counts[v]! > counts[paper]!) paper = v;
  let ink = 0;
  for (let seen = counts[0]!; ink < paper - 1 && seen < sheet.data.length / 3000; seen += counts[ink]!) ink++;
  return { ink, paper };
}

/**
 * Measures how far the ink of a line reaches to either side of its path, by summed darkness: on a grey sheet that is exact to
 * a fraction of a pixel, and a speck on a rim changes it by no more than itself.
 * @param limitPx nothing farther out is looked at
 */
export function lineProfile(
  sheet: Raster,
  path: readonly Point[],
  levels: { ink: number; paper: number },
  limitPx: number,
): LineProfile {
  const { width, height, data } = sheet;
  const scale = 1 / Math.max(1, levels.paper - levels.ink);
  const left = new Float32Array(path.length).fill(Number.NaN);
  const right = new Float32Array(path.length).fill(Number.NaN);
  const reach = (x: number, y: number, dx: number, dy: number) => {
    let sum = 0;
    for (let step = 1; step <= limitPx; step++) {
      const [u, v] = [Math.round(x + dx * step), Math.round(y + dy * step)];
      if (u < 0 || v < 0 || u >= width || v >= height) break;
      const darkness = (levels.paper - data[v * width + u]!) * scale;
      if (darkness < FAINT) break;
      sum += Math.min(1, darkness);
    }
    return sum;
  };
  for (let k = 0; k < path.length; k++) {
    const [from, to] = [Math.max(0, k - SPAN), Math.min(path.length - 1, k + SPAN)];
    const [a, b] = [path[from]!, path[to]!];
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    const chord = Math.hypot(dx, dy);
    if (chord === 0 || chord < (to - from - 1) * BENT) continue;
    const [x, y] = path[k]!;
    left[k] = reach(x, y, dy / chord, -dx / chord);
    right[k] = reach(x, y, -dy / chord, dx / chord);
  }
  return { left, right };
}
