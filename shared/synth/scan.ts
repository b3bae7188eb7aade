import sharp from "sharp";
import type { Random } from "./random.ts";

/** How badly a sheet was copied. */
export interface ScanEffects {
  skewDegrees: number;
  /** Gaussian blur in px; 0 for none. */
  blur: number;
  /** Standard deviation of grain, in grey levels. */
  grain: number;
  /** Largest drift of the ground, in grey levels. */
  drift: number;
  /** Dark and light specks per megapixel. */
  specks: number;
  /** JPEG quality, 0 for none. */
  jpeg: number;
  /** Threshold of a black-and-white scan, 0 for none. */
  threshold: number;
}

/** Draws the effects of a level. */
export function chooseEffects(level: "none" | "light" | "heavy", random: Random): ScanEffects | undefined {
  if (level === "none") return undefined;
  const hard = level === "heavy";
  const bitonal = random.chance(0.15);
  return {
    skewDegrees: hard ? random.real(-1, 1) : random.chance(0.5) ? random.real(-0.3, 0.3) : 0,
    blur: hard ? random.real(0.5, 1.3) : random.chance(0.7) ? random.real(0.35, 0.8) : 0,
    grain: hard ? random.real(6, 20) : random.real(1, 7),
    drift: hard ? random.real(8, 40) : random.real(0, 12),
    specks: hard ? random.real(5, 60) : random.real(0, 4),
    jpeg: bitonal ? 0 : hard ? random.int(30, 65) : random.int(60, 92),
    threshold: bitonal ? random.int(110, 170) : 0,
  };
}

/** Applies the effects to an image of 1 or 3 channels; the skew is part of the drawing and not done here. */
export async function scanImage(
  image: Uint8Array,
  widthPx: number,
  heightPx: number,
  channels: 1 | 3,
  effects: ScanEffects,
  random: Random,
): Promise<Uint8Array> {
  const raw = { raw: { width: widthPx, height: heightPx, channels } } as const;
  let data = image;
  if (effects.blur >= 0.3) {
    const soft = await sharp(data, raw)
      .blur(effects.blur)
      .toColourspace(channels === 1 ? "b-w" : "srgb")
      .raw()
      .toBuffer();
    data = new Uint8Array(soft.buffer, soft.byteOffset, soft.length);
  }
  addSpecks(data, widthPx, heightPx, channels, effects.specks, random);
  addGrain(data, widthPx, heightPx, channels, effects, random);
  if (effects.jpeg) {
    const squeezed = await sharp(data, raw).jpeg({ quality: effects.jpeg }).toBuffer();
    const opened = await sharp(squeezed)
      .toColourspace(channels === 1 ? "b-w" : "srgb")
      .raw()
      .toBuffer();
    data = new Uint8Array(opened.buffer, opened.byteOffset, opened.length);
  }
  return data;
}

const GRAINS = 1 << 16;

/** Grain, drift of the ground over a coarse grid, and the threshold of a black-and-white scanner, in one pass. */
function addGrain(
  data: Uint8Array,
  width: number,
  height: number,
  channels: number,
  effects: ScanEffects,
  random: Random,
): void {
  const grain = new Float32Array(GRAINS);
  for (let i = 0; i < GRAINS; i += 2) {
    // Box-Muller
    const [u, v] = [1 - random.next(), random.next()];
    const radius = effects.grain * Math.sqrt(-2 * Math.log(u));
    grain[i] = radius * Math.cos(2 * Math.PI * v);
    grain[i + 1] = radius * Math.sin(2 * Math.PI * v);
  }
  const [nx, ny] = [6, 5];
  const field = Float32Array.from({ length: nx * ny }, () =>
    random.real(-effects.drift, effects.drift * 0.3),
  );
  const row = new Float32Array(width);
  let state = random.int(1, 0x7fffffff);
  for (let y = 0; y < height; y++) {
    const fy = (y / height) * (ny - 1);
    const [j, ty] = [Math.min(ny - 2, Math.floor(fy)), fy - Math.min(ny - 2, Math.floor(fy))];
    for (let x = 0; x < width; x++) {
      const fx = (x / width) * (nx - 1);
      const i = Math.min(nx - 2, fx | 0);
      const tx = fx - i;
      const top = field[j * nx + i]! * (1 - tx) + field[j * nx + i + 1]! * tx;
      const bottom = field[(j + 1) * nx + i]! * (1 - tx) + field[(j + 1) * nx + i + 1]! * tx;
      row[x] = top + (bottom - top) * ty;
    }
    for (let x = 0, k = y * width * channels; x < width; x++) {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      const shift = row[x]! + grain[state >>> 16]!;
      for (let c = 0; c < channels; c++, k++) {
        const value = data[k]! + shift;
        if (effects.threshold) data[k] = value < effects.threshold ? 0 : 255;
        else data[k] = Math.min(255, Math.max(0, value));
      }
    }
  }
}

function addSpecks(
  data: Uint8Array,
  width: number,
  height: number,
  channels: number,
  perMegapixel: number,
  random: Random,
): void {
  const count = Math.round((perMegapixel * width * height) / 1e6);
  for (let n = 0; n < count; n++) {
    const [cx, cy, radius] = [random.int(0, width - 1), random.int(0, height - 1), random.real(0.5, 2.2)];
    const value = random.chance(0.8) ? random.int(0, 120) : 255;
    for (let y = Math.max(0, Math.ceil(cy - radius)); y <= Math.min(height - 1, cy + radius); y++)
      for (let x = Math.max(0, Math.ceil(cx - radius)); x <= Math.min(width - 1, cx + radius); x++)
        if ((x - cx) ** 2 + (y - cy) ** 2 <= radius * radius)
          data.fill(value, (y * width + x) * channels, (y * width + x + 1) * channels);
  }
}
