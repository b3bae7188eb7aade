import { readPicture, reducePicture, writeGrey } from "#shared/raster";

/** Side of a PNG as its header tells it: bytes 16..23 are width and height, big endian. */
function longestSide(png: Uint8Array): number {
  const header = new DataView(png.buffer, png.byteOffset, png.byteLength);
  return png.byteLength < 24 ? 0 : Math.max(header.getUint32(16), header.getUint32(20));
}

/**
 * The sheet as a `data:` URI, so that the overlay is one file that shows itself anywhere.
 * @param sidePx a sheet with a longer side is reduced to it, in grey
 */
export async function embedSheet(png: Uint8Array, sidePx: number): Promise<string> {
  const small =
    longestSide(png) <= sidePx ? png : await writeGrey(await reducePicture(await readPicture(png), sidePx));
  return `data:image/png;base64,${Buffer.from(small).toString("base64")}`;
}
