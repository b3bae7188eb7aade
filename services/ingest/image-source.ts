import { checkPixels, decodeImage, probeImage } from "#shared/raster";
import type { IngestSettings } from "./settings.ts";
import type { Source } from "./source.ts";

/** PNG, JPEG, WebP, and TIFF of one or more pages. */
export async function openImage(bytes: Uint8Array, { maxPixels }: IngestSettings): Promise<Source> {
  const first = await probeImage(bytes);
  checkPixels(first.widthPx, first.heightPx, maxPixels);
  return {
    format: first.format,
    pages: first.pages,
    async render(page) {
      const header = page === 1 ? first : await probeImage(bytes, page - 1);
      checkPixels(header.widthPx, header.heightPx, maxPixels);
      return { picture: await decodeImage(bytes, header, page - 1), dpi: header.dpi ?? null };
    },
    close() {},
  };
}
