import { PermanentError } from "#shared/errors";

/** Largest image any stage opens unless told otherwise: an A0 sheet at 300 dpi has 139 million pixels. */
export const MAX_PIXELS = 150_000_000;

/**
 * Refuses an image by the size its header claims, before a single pixel is decoded.
 * @throws PermanentError `IMAGE_TOO_LARGE`
 */
export function checkPixels(widthPx: number, heightPx: number, maxPixels = MAX_PIXELS): void {
  if (widthPx * heightPx > maxPixels)
    throw new PermanentError(
      "IMAGE_TOO_LARGE",
      `the image is ${widthPx} × ${heightPx} = ${(widthPx * heightPx) / 1e6} million pixels, the limit is ${maxPixels / 1e6} million`,
    );
}
