import { drawLayers } from "./draw-layers.ts";
import { blackInks, chooseInks, inkImage } from "./ink.ts";
import { makeMasks } from "./masks.ts";
import { planSheet } from "./plan-sheet.ts";
import { Random } from "./random.ts";
import { chooseEffects, scanImage } from "./scan.ts";
import type { StencilLibrary } from "./stencils/read-stencils.ts";
import { skewBy } from "./transform.ts";
import { makeTruth, type Truth } from "./truth.ts";

export interface SheetOptions {
  /** Same seed and options, same sheet. */
  seed: number;
  /** @default drawn by lot, about 1700 to 5000 */
  widthPx?: number;
  /** @default drawn by lot, about 1200 to 3500 */
  heightPx?: number;
  /** Traces of paper and scanner. @default "none" */
  scan?: ScanLevel;
  /** How full the sheet is, 1 being usual. @default drawn by lot, 0.08 to 1.3 */
  density?: number;
  /** Drawings to use beside our own, from `readStencils`. */
  library?: StencilLibrary;
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
  [1700, 1200],
  [2400, 1700],
  [2800, 2000],
  [3300, 2100],
  [3300, 2339],
  [4000, 2828],
  [4000, 3000],
  [5000, 3536],
];

/** Makes one sheet with exact truth. */
export async function generateSheet(options: SheetOptions): Promise<Sheet> {
  const random = new Random(options.seed);
  const [w, h] = random.pick(sizes);
  const widthPx = options.widthPx ?? w;
  const heightPx = options.heightPx ?? h;
  const density = options.density ?? (random.chance(0.25) ? random.real(0.08, 0.5) : random.real(0.5, 1.3));
  const plan = planSheet(random, widthPx, heightPx, density, options.library);
  const effects = chooseEffects(options.scan ?? "none", random);
  const skew = skewBy(effects?.skewDegrees ?? 0, widthPx, heightPx);
  const layers = drawLayers(plan, skew);
  const drawn = chooseInks(random, plan.drafting.lineColours);
  // A black-and-white scanner is set so that pale ink survives; here the ink is made black instead.
  const inks = effects?.threshold ? blackInks(drawn) : drawn;
  const { tones, ...masks } = makeMasks(plan, skew, layers);
  const { image: clean, channels } = inkImage(layers, widthPx * heightPx, inks, tones);
  const image = effects ? await scanImage(clean, widthPx, heightPx, channels, effects, random) : clean;
  const truth = makeTruth(plan, skew, options.seed, options.uid ?? `sheet-${options.seed}`);
  return { widthPx, heightPx, channels, image, ...masks, truth };
}
