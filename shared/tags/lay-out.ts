import { type QuarterTurn, turnQuarter } from "#shared/raster";
import type { Box, Raster } from "#shared/vision";

/** Texts on one white page, each on a line of its own, so that one process reads many. */
export interface Mosaic {
  page: Raster;
  /** Index of the region, and the rows of the page it takes. */
  rows: { region: number; top: number; bottom: number }[];
}

/** Height of a line of text that tesseract reads best, px. */
const TEXT_PX = 36;
const MOST_ENLARGED = 4;
/** White around every text, px. */
const MARGIN = 18;
/** Regions this much taller than wide hold text that runs up the sheet. */
const UPRIGHT = 1.3;
/** A page is no taller than this. */
const PAGE_PX = 4000;

/** Text that runs up the sheet is turned clockwise, as drawings have it. */
const asDrawn = ([, , width, height]: Box): QuarterTurn => (height > UPRIGHT * width ? 90 : 0);

/**
 * Lays regions of a sheet out on as few pages as needed, turned upright and enlarged.
 * @param turnOf by how much a region is turned clockwise
 */
export function layOut(
  sheet: Raster,
  regions: readonly Box[],
  turnOf: (region: Box) => QuarterTurn = asDrawn,
): Mosaic[] {
  const pages: { cuts: { region: number; picture: Raster }[]; height: number }[] = [];
  regions.forEach((box, region) => {
    const picture = enlarge(cut(sheet, box, turnOf(box)));
    let page = pages.at(-1);
    if (!page || page.height + picture.height + MARGIN > PAGE_PX) {
      page = { cuts: [], height: MARGIN };
      pages.push(page);
    }
    page.cuts.push({ region, picture });
    page.height += picture.height + MARGIN;
  });
  return pages.map(({ cuts, height }) => {
    const width = Math.max(...cuts.map(({ picture }) => picture.width)) + 2 * MARGIN;
    const data = new Uint8Array(width * height).fill(255);
    let top = MARGIN;
    const rows = cuts.map(({ region, picture }) => {
      for (let y = 0; y < picture.height; y++)
        data.set(
          picture.data.subarray(y * picture.width, (y + 1) * picture.width),
          (top + y) * width + MARGIN,
        );
      const row = { region, top, bottom: top + picture.height };
      top += picture.height + MARGIN;
      return row;
    });
    return { page: { width, height, data }, rows };
  });
}

/** A region of the sheet with a rim of paper, turned clockwise. */
function cut(sheet: Raster, [bx, by, bw, bh]: Box, turn: QuarterTurn): Raster {
  const [x0, y0] = [Math.max(0, Math.floor(bx) - 2), Math.max(0, Math.floor(by) - 2)];
  const [x1, y1] = [
    Math.min(sheet.width, Math.ceil(bx + bw) + 2),
    Math.min(sheet.height, Math.ceil(by + bh) + 2),
  ];
  const [width, height] = [x1 - x0, y1 - y0];
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (y0 + y) * sheet.width + x0;
    data.set(sheet.data.subarray(from, from + width), y * width);
  }
  return turnQuarter({ width, height, channels: 1, data }, turn).picture;
}

/** Enlarges by a whole factor, with linear interpolation. */
function enlarge(raster: Raster): Raster {
  const factor = Math.max(1, Math.min(MOST_ENLARGED, Math.round(TEXT_PX / Math.max(1, raster.height))));
  if (factor === 1) return raster;
  const [width, height] = [raster.width * factor, raster.height * factor];
  const data = new Uint8Array(width * height);
  const at = (x: number, y: number) =>
    raster.data[
      Math.min(raster.height - 1, Math.max(0, y)) * raster.width + Math.min(raster.width - 1, Math.max(0, x))
    ]!;
  for (let y = 0; y < height; y++) {
    const fy = (y + 0.5) / factor - 0.5;
    const [v, dy] = [Math.floor(fy), fy - Math.floor(fy)];
    for (let x = 0; x < width; x++) {
      const fx = (x + 0.5) / factor - 0.5;
      const [u, dx] = [Math.floor(fx), fx - Math.floor(fx)];
      data[y * width + x] =
        at(u, v) * (1 - dx) * (1 - dy) +
        at(u + 1, v) * dx * (1 - dy) +
        at(u, v + 1) * (1 - dx) * dy +
        at(u + 1, v + 1) * dx * dy;
    }
  }
  return { width, height, data };
}
