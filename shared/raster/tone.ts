import type { Picture } from "#shared/vision";

/** How light and dark are spread over a sheet. */
export interface Tone {
  /** Grey of the paper: the most frequent value, 0..255. */
  ground: number;
  /** Distance between the paper and the darkest (or, inverted, lightest) ten-thousandth, 0..255. */
  contrast: number;
  /** Light ink on dark paper. */
  inverted: boolean;
  /** Share of pixels that differ from the paper by more than half the contrast. */
  inkShare: number;
}

/** Measures the tone of a sheet from its histogram. Paper is what there is most of. */
export function toneOf({ width, height, channels, data }: Picture): Tone {
  const counts = new Float64Array(256);
  if (channels === 1) for (let i = 0; i < data.length; i++) counts[data[i]!]!++;
  else
    for (let p = 0; p < data.length; p += channels)
      counts[(data[p]! * 77 + data[p + 1]! * 150 + data[p + 2]! * 29 + 128) >> 8]!++;
  const pixels = width * height;
  // Noise spreads the paper over neighbouring values: the mode is looked for over a window of five.
  let ground = 255;
  let most = -1;
  for (let v = 0; v < 256; v++) {
    let sum = counts[v]!; // counted twice: the middle of the window decides between equals
    for (let k = Math.max(0, v - 2); k <= Math.min(255, v + 2); k++) sum += counts[k]!;
    if (sum > most) [most, ground] = [sum, v];
  }
  const few = pixels * 0.0001;
  const darkest = quantile(counts, few, 0, 1);
  const lightest = quantile(counts, few, 255, -1);
  const inverted = lightest - ground > ground - darkest && ground < 128;
  const contrast = inverted ? lightest - ground : ground - darkest;
  let ink = 0;
  if (contrast > 0)
    for (let v = 0; v < 256; v++) if ((inverted ? v - ground : ground - v) > contrast / 2) ink += counts[v]!;
  return { ground, contrast, inverted, inkShare: ink / pixels };
}

/** The value below (or, counting down, above) which `few` pixels lie. */
function quantile(counts: Float64Array, few: number, from: number, step: 1 | -1): number {
  let seen = 0;
  let v = from;
  while (seen + counts[v]! < few && v + step >= 0 && v + step < 256) {
    seen += counts[v]!;
    v += step;
  }
  return v;
}

/** True when no pixel has more colour than JPEG rounding leaves on a grey one. */
export function isNeutral({ channels, data }: Picture, tolerance = 4): boolean {
  if (channels === 1) return true;
  for (let p = 0; p < data.length; p += channels) {
    const green = data[p + 1]!;
    if (Math.abs(data[p]! - green) > tolerance || Math.abs(data[p + 2]! - green) > tolerance) return false;
  }
  return true;
}
