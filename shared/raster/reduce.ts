import type { Picture, Raster } from "#shared/vision";
import { loadSharp } from "./sharp.ts";

/** A grey copy whose longer side is at most `sidePx`: enough to judge tone and skew. */
export async function reducePicture(
  { width, height, channels, data }: Picture,
  sidePx: number,
): Promise<Raster> {
  const sharp = await loadSharp();
  const reduced = await sharp(data, { raw: { width, height, channels }, limitInputPixels: false })
    .resize({ width: sidePx, height: sidePx, fit: "inside", withoutEnlargement: true, kernel: "linear" })
    .toColourspace("b-w")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  return { width: reduced.info.width, height: reduced.info.height, data: reduced.data };
}
