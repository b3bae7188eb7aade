import type { Picture } from "#shared/vision";
import { loadSharp } from "./sharp.ts";

/** x' = a·x + b·y + c, y' = d·x + e·y + f, as `[a, b, c, d, e, f]`. */
export type Affine = [number, number, number, number, number, number];

/**
 * Turns a picture about its centre by `degrees` counter-clockwise. The canvas grows so that nothing is lost.
 * @param ground grey of what comes in at the corners: that of the paper, so that no edge appears
 * @returns the turned picture and the map from old to new pixel coordinates
 */
export async function rotatePicture(
  picture: Picture,
  degrees: number,
  ground = 255,
): Promise<{ picture: Picture; map: Affine }> {
  const { width, height, channels, data } = picture;
  const sharp = await loadSharp();
  const cos = Math.cos((degrees * Math.PI) / 180);
  const sin = Math.sin((degrees * Math.PI) / 180);
  const turned = await sharp(data, { raw: { width, height, channels }, limitInputPixels: false })
    .rotate(-degrees, { background: { r: ground, g: ground, b: ground } })
    .toColourspace(channels === 1 ? "b-w" : "srgb")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  // libvips grows the canvas symmetrically; positions stay relative to the centre.
  const { width: w, height: h } = turned.info;
  const map: Affine = [
    cos,
    sin,
    w / 2 - (cos * width + sin * height) / 2,
    -sin,
    cos,
    h / 2 - (-sin * width + cos * height) / 2,
  ];
  return {
    picture: { width: w, height: h, channels: turned.info.channels as 1 | 3, data: turned.data },
    map,
  };
}
