import { drawLayers } from "./draw-layers.ts";
import { makeMasks } from "./masks.ts";
import { planSheet } from "./plan-sheet.ts";
import { Random } from "./random.ts";
import { chooseEffects, scanImage } from "./scan.ts";
import { skewBy } from "./transform.ts";
import { makeTruth, type Truth } from "./truth.ts";

export interface SheetOptions {
  /** Same seed and options, same sheet. */
  seed: number;
  /** @default drawn by lot, about 2400 to 4000 */
  widthPx?: number;
  /** @default drawn by lot, about 1700 to 3000 */
  heightPx?: number;
  /** Traces of paper and scanner. @default "none" */
  scan?: ScanLevel;
  /** How full the sheet is, 1 being usual. @default drawn by lot, 0.5 to 1.3 */
  density?: number;
  /** Name of the sheet in its truth. @default "sheet-<seed>" */
  uid?: string;
}

export type ScanLevel = "none" | "light" | "heavy";

/** A drawn sheet; all images have the sheet's size, row by row. */
export interface Sheet {
  widthPx: number;
  heightPx: number;
  channels: 1 | 3;
  image: Uint8Array;
  pipe: Uint8Array;
  style: Uint8Array;
  skeleton: Uint8Array;
  truth: Truth;
}

const sizes: readonly [number, number][] = [
  [2400, 1700],
  [2800, 2000],
  [3300, 2100],
  [3300, 2339],
  [4000, 2828],
  [4000, 3000],
];

/** Makes one sheet with exact truth. */
export async function generateSheet(options: SheetOptions): Promise<Sheet> {
  const random = new Random(options.seed);
  const [w, h] = random.pick(sizes);
  const widthPx = options.widthPx ?? w;
  const heightPx = options.heightPx ?? h;
  const density = options.density ?? random.real(0.5, 1.3);
  const plan = planSheet(random, widthPx, heightPx, density);
  const effects = chooseEffects(options.scan ?? "none", random);
  const skew = skewBy(effects?.skewDegrees ?? 0, widthPx, heightPx);
  const layers = drawLayers(plan, skew);
  const masks = makeMasks(plan, skew, layers);
  const clean = ink(layers, widthPx * heightPx, random);
  const image = effects ? await scanImage(clean, widthPx, heightPx, 1, effects, random) : clean;
  const truth = makeTruth(plan, skew, options.seed, options.uid ?? `sheet-${options.seed}`);
  return { widthPx, heightPx, channels: 1, image, ...masks, truth };
}

/** Grey image: darkest layer on the ground. */
function ink(layers: Uint8Array, count: number, random: Random): Uint8Array {
  const ground = random.pick([255, 255, 255, 250, 240, 205]);
  const [red, green, blue] = [
    random.pick([0, 0, 40, 90]),
    random.pick([0, 0, 40, 80]),
    random.pick([0, 0, 0, 60]),
  ];
  const tone = (dark: number) =>
    Uint8Array.from({ length: 256 }, (_, c) => Math.round(ground + ((dark - ground) * c) / 255));
  const [r, g, b] = [tone(red), tone(green), tone(blue)];
  const out = new Uint8Array(count).fill(ground);
  const words = new Uint32Array(layers.buffer, layers.byteOffset, count);
  for (let i = 0; i < count; i++) {
    const word = words[i]!;
    if (word !== 0xff000000) out[i] = Math.min(r[word & 255]!, g[(word >> 8) & 255]!, b[(word >> 16) & 255]!);
  }
  return out;
}
