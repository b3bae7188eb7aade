import type { Picture, Raster } from "#shared/vision";
import { loadSharp } from "./sharp.ts";

/** x' = a·x + b·y + c, y' = d·x + e·y + f, as `[a, b, c, d, e, f]`. */
export type Affine = [number, number, number, number, number, number];

/**
 * Turns a picture about its centre by `degrees` counter-clockwise.
 * @param options.ground grey of what comes in at the corners: that of the paper, so that no edge appears
 * @param options.keepSize cuts the result to the old size instead of growing it until nothing is lost
 * @returns the turned picture and the map from old to new pixel coordinates
 */
export async function rotatePicture(
  picture: Picture,
  degrees: number,
  options: { ground?: number; keepSize?: boolean } = {},
): Promise<{ picture: Picture; map: Affine }> {
  const { width, height, channels, data } = picture;
  const { ground = 255, keepSize = false } = options;
  const sharp = await loadSharp();
  const cos = Math.cos((degrees * Math.PI) / 180);
  const sin = Math.sin((degrees * Math.PI) / 180);
  const { data: pixels, info } = await sharp(data, {
    raw: { width, height, channels },
    limitInputPixels: false,
  })
    .rotate(-degrees, { background: { r: ground, g: ground, b: ground } })
    .toColourspace(channels === 1 ? "b-w" : "srgb")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  const grown = { width: info.width, height: info.height, channels: info.channels as 1 | 3, data: pixels };
  const left = keepSize ? (grown.width - width) >> 1 : 0;
  const top = keepSize ? (grown.height - height) >> 1 : 0;
  // libvips grows the canvas symmetrically; positions stay relative to the centre.
  const map: Affine = [
    cos,
    sin,
    grown.width / 2 - (cos * width + sin * height) / 2 - left,
    -sin,
    cos,
    grown.height / 2 - (-sin * width + cos * height) / 2 - top,
  ];
  return { picture: keepSize ? crop(grown, left, top, width, height) : grown, map };
}

function crop(picture: Picture, left: number, top: number, width: number, height: number): Picture {
  const { channels } = picture;
  const data = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * picture.width + left) * channels;
    data.set(picture.data.subarray(from, from + width * channels), y * width * channels);
  }
  return { width, height, channels, data };
}

/** True when turning a sheet within its own size would push ink over the rim. */
export function rotationCutsInk(
  sheet: Raster,
  degrees: number,
  { ground = 255, inkContrast = 48 }: { ground?: number; inkContrast?: number } = {},
): boolean {
  const { width, height, data } = sheet;
  const cos = Math.cos((degrees * Math.PI) / 180);
  const sin = Math.sin((degrees * Math.PI) / 180);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      if (ground - data[i]! <= inkContrast) continue;
      const [u, v] = [x + 0.5 - width / 2, y + 0.5 - height / 2];
      if (Math.abs(cos * u + sin * v) > width / 2 || Math.abs(cos * v - sin * u) > height / 2) return true;
    }
  return false;
}
