import type { Picture } from "#shared/vision";
import { brokenImage } from "./broken-image.ts";
import type { ImageHeader } from "./probe.ts";
import { loadSharp } from "./sharp.ts";

/**
 * Decodes one page: upright by its EXIF orientation, put on white, 8 bit, grey or sRGB. CMYK, 16 bit, palettes and alpha
 * are converted. The caller has checked the size by the header.
 * @param page from 0
 * @throws PermanentError `IMAGE_TRUNCATED`, `IMAGE_BROKEN`
 */
export async function decodeImage(bytes: Uint8Array, header: ImageHeader, page = 0): Promise<Picture> {
  const sharp = await loadSharp();
  const image = sharp(bytes, {
    limitInputPixels: false,
    failOn: "error",
    page: header.format === "tiff" ? page : 0,
  })
    .autoOrient()
    .flatten({ background: "#ffffff" })
    .toColourspace(header.grey ? "b-w" : "srgb")
    .raw({ depth: "uchar" });
  const { data, info } = await image.toBuffer({ resolveWithObject: true }).catch((cause: Error) => {
    throw brokenImage(bytes, header.format, cause);
  });
  return { width: info.width, height: info.height, channels: info.channels as 1 | 3, data };
}
