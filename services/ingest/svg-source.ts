import { PermanentError } from "#shared/errors";
import { loadSharp } from "#shared/raster";
import { affordableDpi } from "./affordable-dpi.ts";
import { checkSvg } from "./check-svg.ts";
import type { IngestSettings } from "./settings.ts";
import type { Source } from "./source.ts";

/** CSS pixels, in which an SVG without units is measured. */
const NOMINAL_DPI = 96;
/** librsvg draws one CSS pixel as one pixel at this density. */
const UNIT_DENSITY = 72;

/**
 * SVG through librsvg, which is given nothing to resolve references with.
 * @throws PermanentError `SVG_UNSAFE`, `IMAGE_BROKEN`
 */
export async function openSvg(bytes: Uint8Array, settings: IngestSettings): Promise<Source> {
  const text = Buffer.from(checkSvg(bytes));
  const sharp = await loadSharp();
  const broken = (cause: Error) => {
    throw new PermanentError("IMAGE_BROKEN", `the SVG cannot be drawn: ${cause.message}`, { cause });
  };
  const nominal = await sharp(text, { limitInputPixels: false, density: UNIT_DENSITY })
    .metadata()
    .catch(broken);
  const inches = [nominal.width / NOMINAL_DPI, nominal.height / NOMINAL_DPI] as const;
  const dpi = affordableDpi(...inches, settings.dpi, settings.maxDrawnPixels);
  if (dpi < 1) throw new PermanentError("IMAGE_TOO_LARGE", `the SVG is ${inches[0]} × ${inches[1]} inches`);
  return {
    format: "svg",
    pages: 1,
    async render() {
      const density = (UNIT_DENSITY * dpi) / NOMINAL_DPI;
      const { data, info } = await sharp(text, { limitInputPixels: settings.maxPixels, density })
        .flatten({ background: "#ffffff" })
        .toColourspace("srgb")
        .raw({ depth: "uchar" })
        .toBuffer({ resolveWithObject: true })
        .catch(broken);
      return { picture: { width: info.width, height: info.height, channels: 3, data }, dpi };
    },
    close() {},
  };
}
