/** A point in sheet pixels, origin top-left, y down. */
export type Point = [number, number];

/** A box in sheet pixels: x, y of the top-left corner, width, height. */
export type Box = [number, number, number, number];

/** A binary image, row-major, one byte per pixel, 0 or 1. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A one-channel image, row-major, 0..255: grey values or class indexes. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** An image with interleaved channels, row-major: grey, RGB or RGBA. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  readonly data: Uint8Array;
}

/** Throws when an image's data does not hold exactly its pixels: caught at the door, not in a pixel loop. */
export function checkImage(
  image: { width: number; height: number; data: { length: number }; channels?: number },
  name: string,
): void {
  const { width, height } = image;
  const expected = width * height * (image.channels ?? 1);
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 0 || height < 0)
    throw new RangeError(`${name}: ${width} × ${height} is not an image size`);
  if (image.data.length !== expected)
    throw new RangeError(
      `${name}: ${width} × ${height} × ${image.channels ?? 1} needs ${expected} bytes, got ${image.data.length}`,
    );
}
