import { type Box, cropPatch, type Raster } from "#shared/vision";

/** Side of the grey patches examples carry, px; what `junction.onnx` takes. */
export const PATCH_SIDE = 48;
/** How much larger than the symbol a patch is: it shows what leads in. */
const MARGIN = 1.3;

/** A symbol as the networks see it: a grey square around it, 0..255, `PATCH_SIDE`². */
export function symbolPatch(sheet: Raster, [x, y, w, h]: Box): Uint8Array {
  return grey(cropPatch(sheet, [x + w / 2 - 0.5, y + h / 2 - 0.5], MARGIN * Math.max(8, w, h), PATCH_SIDE));
}

/** A place on the lines as the junction network sees it; see training/README.md, "The junction patch". */
export function junctionPatch(sheet: Raster, at: readonly [number, number], lineWidthPx: number): Uint8Array {
  return grey(cropPatch(sheet, [at[0], at[1]], 12 * Math.max(1, lineWidthPx), PATCH_SIDE));
}

const grey = (values: Float32Array) => Uint8Array.from(values, (value) => Math.round(255 * value));
