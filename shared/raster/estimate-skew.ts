import type { Raster } from "#shared/vision";

export interface SkewOptions {
  /** Largest skew of a scan, in degrees either way: looked for first. @default 3 */
  rangeDeg?: number;
  /** Largest skew looked for where the lines of a sheet are not along its axes. @default 15 */
  wideDeg?: number;
  /** Ink: this much darker than the paper. @default 48 */
  inkContrast?: number;
  /** Grey of the paper. @default 255 */
  ground?: number;
}

/** Most ink pixels looked at; more do not make the estimate better. */
const SAMPLES = 150_000;
/** So many times sharper is a sheet at the angle of its lines than a degree off. */
const CLEAR = 1.5;

/**
 * Estimates by how many degrees a drawing is turned (positive: clockwise, as seen) from its long straight lines: at the
 * right angle the projections of the ink on both axes are sharpest (Postl's criterion, sum of squared differences of
 * neighbouring bins). Search is coarse (0.2°), then fine (0.02°). A sheet turned by more than the range has peaks within it too, of
 * chance: what does not lie along the axes is looked at in the wide range before it is believed.
 * @param sheet a reduced copy, 1,000 to 2,000 px wide
 * @returns 0 when no angle is clearly sharper than none
 */
export function estimateSkew(sheet: Raster, options: SkewOptions = {}): number {
  const { rangeDeg = 3, wideDeg = 15, inkContrast = 48, ground = 255 } = options;
  const { width, height, data } = sheet;
  const points: number[] = [];
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) if (ground - data[i]! > inkContrast) points.push(x, y);
  if (points.length < 400) return 0;
  const step = 2 * Math.max(1, Math.ceil(points.length / 2 / SAMPLES));
  const bins = new Float64Array(2 * (width + height));
  const sharpness = (degrees: number): number => {
    const sin = Math.sin((degrees * Math.PI) / 180);
    const cos = Math.cos((degrees * Math.PI) / 180);
    let sum = 0;
    for (const [a, b] of [
      [-sin, cos],
      [cos, sin],
    ] as const) {
      bins.fill(0);
      for (let p = 0; p < points.length; p += step)
        bins[Math.round(points[p]! * a + points[p + 1]! * b + width)]!++;
      for (let i = 1; i < bins.length; i++) sum += (bins[i]! - bins[i - 1]!) ** 2;
    }
    return sum;
  };
  const search = (centre: number, reach: number, stepDeg: number): number => {
    let best = centre;
    let most = -1;
    for (let d = centre - reach; d <= centre + reach + 1e-9; d += stepDeg) {
      const value = sharpness(d);
      if (value > most) [most, best] = [value, d];
    }
    return best;
  };
  const stands = (degrees: number) =>
    sharpness(degrees) > CLEAR * Math.max(sharpness(degrees - 1), sharpness(degrees + 1));
  let coarse = search(0, rangeDeg, 0.2);
  const upright = sharpness(0);
  if (wideDeg > rangeDeg && !(Math.abs(coarse) < 0.3 && stands(0))) {
    const wide = search(0, wideDeg, 0.2);
    // Noise and shadows have no angle that stands out.
    if (stands(wide)) coarse = wide;
  }
  const best = search(coarse, 0.2, 0.02);
  return sharpness(best) > 1.15 * upright ? Math.round(best * 100) / 100 : 0;
}
