import { PermanentError } from "#shared/errors";
import { brokenImage } from "./broken-image.ts";
import { loadSharp } from "./sharp.ts";
import { sniffFormat } from "./sniff.ts";

/** What the header of a raster image says; nothing is decoded for it. */
export interface ImageHeader {
  format: "png" | "jpeg" | "tiff" | "webp";
  widthPx: number;
  heightPx: number;
  /** Pages of a TIFF, else 1. */
  pages: number;
  /** From the header, when it names one. */
  dpi?: number;
  /** One channel of light is enough for it. */
  grey: boolean;
  /** EXIF orientation 1..8. */
  orientation: number;
}

/**
 * Reads the header of one page of a raster image.
 * @param page from 0
 * @throws PermanentError `EMPTY_FILE`, `NOT_AN_IMAGE`, `IMAGE_TRUNCATED`, `IMAGE_BROKEN`
 */
export async function probeImage(bytes: Uint8Array, page = 0): Promise<ImageHeader> {
  if (bytes.length === 0) throw new PermanentError("EMPTY_FILE", "the file has 0 bytes");
  const format = sniffFormat(bytes);
  if (!format || format === "pdf" || format === "svg")
    throw new PermanentError(
      "NOT_AN_IMAGE",
      `${format ?? "the file"} is not a PNG, JPEG, TIFF or WebP image`,
    );
  const sharp = await loadSharp();
  const header = await sharp(bytes, { limitInputPixels: false, page: format === "tiff" ? page : 0 })
    .metadata()
    .catch((cause: Error) => {
      throw brokenImage(bytes, format, cause);
    });
  return {
    format,
    widthPx: header.width,
    heightPx: header.height,
    pages: format === "tiff" ? (header.pages ?? 1) : 1,
    // libvips says 72 when the file says nothing.
    ...(header.density && header.density !== 72 && { dpi: header.density }),
    grey: header.space === "b-w" || header.space === "grey16",
    orientation: header.orientation ?? 1,
  };
}
