import type { Raster } from "#shared/vision";

/** Cells along the longer side. */
const CELLS = 12;
/** The paper of the darkest cells is this many grey levels below that of the lightest on a photograph, not on a scan. */
const SPREAD = 40;
/** Paper darker than this is no lit paper: an inverted sheet, or a cell full of ink. */
const DARK = 70;

/**
 * True when the paper's grey changes over the sheet by more than a scanner leaves: a photograph, a shadow along a fold.
 * Per cell the paper is what there is most of (the 80th percentile); compared are the second lightest and the second darkest
 * tenth of the cells, so that a stamp or a picture does not decide.
 * @param sheet a reduced copy is enough
 */
export function isUnevenlyLit({ width, height, data }: Raster): boolean {
  const side = Math.max(8, Math.ceil(Math.max(width, height) / CELLS));
  const papers: number[] = [];
  for (let top = 0; top < height; top += side)
    for (let left = 0; left < width; left += side) {
      const counts = new Uint32Array(256);
      let total = 0;
      for (let y = top; y < Math.min(height, top + side); y++)
        for (let x = left; x < Math.min(width, left + side); x++, total++) counts[data[y * width + x]!]!++;
      let paper = 255;
      for (let above = counts[255]!; paper > 0 && above < total * 0.2; above += counts[paper]!) paper--;
      papers.push(paper);
    }
  papers.sort((a, b) => a - b);
  const at = (share: number) => papers[Math.floor((papers.length - 1) * share)]!;
  return at(0.5) > DARK && at(0.1) > DARK / 2 && at(0.9) - at(0.1) > SPREAD;
}
