import { checkImage, type Raster } from "../geometry/types.ts";

export interface LevelOptions {
  /** Side of the cells the ground is estimated in, px; larger than any filled symbol. @default 64 */
  cellPx?: number;
}

/**
 * Makes an uneven ground even: estimates the paper's grey per cell (a high percentile: ink is a minority), interpolates
 * between cell centres, and scales every pixel so that the ground becomes white. Expects dark ink on lighter paper.
 */
export function levelBackground(raster: Raster, options: LevelOptions = {}): Raster {
  checkImage(raster, "raster");
  const { width, height, data } = raster;
  const cell = Math.max(8, options.cellPx ?? 64);
  const columns = Math.max(1, Math.ceil(width / cell));
  const rows = Math.max(1, Math.ceil(height / cell));
  const ground = new Float32Array(columns * rows);
  const histogram = new Uint32Array(256);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) {
      histogram.fill(0);
      let count = 0;
      for (let y = r * cell; y < Math.min(height, (r + 1) * cell); y++)
        for (let x = c * cell; x < Math.min(width, (c + 1) * cell); x++) {
          histogram[data[y * width + x]!]!++;
          count++;
        }
      let level = 255;
      for (let above = histogram[255]!; level > 0 && above < count * 0.3; above += histogram[level]!) level--;
      ground[r * columns + c] = Math.max(level, 1);
    }
  const out = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const fy = Math.min(Math.max(y / cell - 0.5, 0), rows - 1);
    const r0 = Math.floor(fy);
    const r1 = Math.min(r0 + 1, rows - 1);
    for (let x = 0, i = y * width; x < width; x++, i++) {
      const fx = Math.min(Math.max(x / cell - 0.5, 0), columns - 1);
      const c0 = Math.floor(fx);
      const c1 = Math.min(c0 + 1, columns - 1);
      const top = ground[r0 * columns + c0]! * (1 - fx + c0) + ground[r0 * columns + c1]! * (fx - c0);
      const bottom = ground[r1 * columns + c0]! * (1 - fx + c0) + ground[r1 * columns + c1]! * (fx - c0);
      const paper = top * (1 - fy + r0) + bottom * (fy - r0);
      out[i] = Math.min(255, (data[i]! * 255) / paper);
    }
  }
  return { width, height, data: out };
}
