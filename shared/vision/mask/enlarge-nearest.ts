import { checkImage, type Raster } from "../geometry/types.ts";

/** Stretches an image of class indexes to a size: every pixel takes its nearest one, so no class is invented. */
export function enlargeNearest(image: Raster, width: number, height: number): Raster {
  checkImage(image, "image");
  const data = new Uint8Array(width * height);
  const columns = Int32Array.from({ length: width }, (_, x) => Math.floor(((x + 0.5) * image.width) / width));
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.floor(((y + 0.5) * image.height) / height) * image.width;
    for (let x = 0; x < width; x++, i++) data[i] = image.data[row + columns[x]!]!;
  }
  return { width, height, data };
}
