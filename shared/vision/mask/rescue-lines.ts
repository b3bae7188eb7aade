import { nextNonZero, wordsOf } from "../geometry/next-non-zero.ts";
import { checkImage, type Mask, type Raster } from "../geometry/types.ts";

export interface RescueOptions {
  /** Typical width of the lines, px. */
  lineWidthPx: number;
  /** Classes that are lines. */
  lines: readonly number[];
  /** Class of symbol ink. */
  symbol: number;
  /** Class of frames and tables. */
  border: number;
}

/** Ink this many times wider than a line, at half of the places along it, is no line: a flange on it does not count. */
const WIDEST = 1.8;
/** Lines taken for border ink may be the main ones of a sheet, this many times wider than most. */
const WIDEST_MAIN = 3.2;
/** A connected whole with less line ink than this share of its border ink is a frame or a table, whatever it touches. */
const FRAME = 0.1;
/** A whole this large in both directions, as shares of the sheet, is the sheet's frame. */
const SHEET = 0.85;
/** A stroke this many line widths long, in a row or column, is straight; most of a stretch must be in such strokes. */
const STRAIGHT = 8;
const STRAIGHT_SHARE = 0.7;
/** Ends and their neighbours may lie this far apart, px. */
const REACH = 2;

/**
 * Makes connected ink agree with itself where a segmenter wavered along one stroke.
 *
 * Stretches of a line taken for symbol or border ink go back to the line: ink outside every symbol, about as wide as a line
 * all along, that at both its ends goes on as a line or arrives at a symbol. Symbols nobody found have other shapes: they
 * enclose something, so there is more ink than their length explains. Border ink in a whole of lines and symbols, that is no
 * frame, need continue a line at one end only; but it must be straight, as clouds are not. Where a connected whole is mostly border and
 * touches no symbol, it is a frame, and what of it was taken for a line goes back to the frame.
 * @param classIndex class per pixel @param symbols where symbols are known to be
 */
export function rescueLines(classIndex: Raster, symbols: Mask, options: RescueOptions): Raster {
  checkImage(classIndex, "classIndex");
  const { width, height } = classIndex;
  const given = classIndex.data;
  const data = given.slice();
  if (!(options.lineWidthPx > 0)) return { width, height, data };
  const isLine = table(options.lines);
  const isDoubtful = table([options.symbol, options.border]);
  const isInk = table([...options.lines, options.symbol, options.border]);
  const visited = new Uint8Array(data.length);
  const checked = new Uint8Array(data.length);
  const words = wordsOf(given);
  // Ground is class 0 in every class image; whole stretches of it are stepped over.
  for (let start = -1; ; ) {
    start = nextNonZero(given, words, start + 1);
    if (start >= data.length) break;
    if (!isInk[given[start]!] || visited[start] || symbols.data[start]) continue;
    const whole = flood(start, isInk, visited);
    const { pixels } = whole;
    let [lines, border] = [0, 0];
    for (let p = 0; p < pixels.length; p++) {
      const label = given[pixels[p]!]!;
      lines += isLine[label]!;
      if (label === options.border) border++;
    }
    if (border > lines && !whole.touchesSymbol) {
      for (const at of pixels) if (isLine[given[at]!]) data[at] = options.border;
      continue;
    }
    const framed =
      lines < FRAME * border || (whole.x1 - whole.x0 > SHEET * width && whole.y1 - whole.y0 > SHEET * height);
    for (const at of pixels) {
      if (!isDoubtful[given[at]!] || checked[at]) continue;
      const stretch = flood(at, isDoubtful, checked);
      const mostly = stretch.pixels.reduce((sum, p) => sum + (given[p] === options.border ? 1 : 0), 0);
      const isBorder = mostly > 0.6 * stretch.pixels.length;
      if (isBorder && (framed || !isStraight(stretch))) continue;
      const style = styleBeyond(stretch, isBorder && whole.touchesSymbol);
      if (style) for (const pixel of stretch.pixels) data[pixel] = style;
    }
  }
  return { width, height, data };

  /** Gathers connected ink of some classes outside symbols. */
  function flood(start: number, wanted: Uint8Array, seen: Uint8Array): Stretch {
    const stretch: Stretch = { pixels: [start], x0: width, y0: height, x1: -1, y1: -1, touchesSymbol: false };
    const { pixels } = stretch;
    seen[start] = 1;
    for (let next = 0; next < pixels.length; next++) {
      const y = Math.floor(pixels[next]! / width);
      const x = pixels[next]! - y * width;
      if (x < stretch.x0) stretch.x0 = x;
      if (x > stretch.x1) stretch.x1 = x;
      if (y < stretch.y0) stretch.y0 = y;
      if (y > stretch.y1) stretch.y1 = y;
      const u0 = x > 0 ? x - 1 : 0;
      const u1 = x < width - 1 ? x + 1 : x;
      const v1 = y < height - 1 ? y + 1 : y;
      for (let v = y > 0 ? y - 1 : 0; v <= v1; v++)
        for (let u = u0; u <= u1; u++) {
          const at = v * width + u;
          if (symbols.data[at]) stretch.touchesSymbol = true;
          else if (!seen[at] && wanted[given[at]!]) {
            seen[at] = 1;
            pixels.push(at);
          }
        }
    }
    return stretch;
  }

  /** Ink across a stretch at the middle one of all places along it, px. */
  function medianThickness(pixels: readonly number[], length: number, across: boolean, from: number): number {
    const thickness = new Int32Array(length);
    for (const at of pixels) {
      const y = Math.floor(at / width);
      thickness[(across ? at - y * width : y) - from]!++;
    }
    return thickness.sort()[length >> 1]!;
  }

  /** True for a stretch of straight strokes along rows and columns; false for a revision cloud's arcs, which lines end at too. */
  function isStraight({ pixels, x0, y0, x1, y1 }: Stretch): boolean {
    const most = Math.max(x1 - x0, y1 - y0) + 1;
    const least = Math.min(STRAIGHT * options.lineWidthPx, 0.8 * most);
    const run = (at: number, step: number) => {
      let length = 1;
      for (let to = at + step; length < least && isDoubtful[given[to]!]; to += step) length++;
      for (let to = at - step; length < least && isDoubtful[given[to]!]; to -= step) length++;
      return length;
    };
    const straight = pixels.reduce(
      (sum, at) => sum + (run(at, 1) >= least || run(at, width) >= least ? 1 : 0),
      0,
    );
    return straight > STRAIGHT_SHARE * pixels.length;
  }

  /**
   * Class of the line both ends of a stretch continue as; 0 when one of them does not, or it is no line at all.
   * @param open border ink of a whole that is no frame: then one end is enough, lines may end in the open
   */
  function styleBeyond({ pixels, x0, y0, x1, y1 }: Stretch, open: boolean): number {
    const across = x1 - x0 >= y1 - y0;
    const from = across ? x0 : y0;
    const length = (across ? x1 - x0 : y1 - y0) + 1;
    if (medianThickness(pixels, length, across, from) > (open ? WIDEST_MAIN : WIDEST) * options.lineWidthPx)
      return 0;
    const near = Math.max(3, 0.25 * length);
    const met = [0, 0];
    const arrives = [false, false];
    for (const at of pixels) {
      const y = Math.floor(at / width);
      const x = at - y * width;
      const along = (across ? x : y) - from;
      const ends = [along <= near, along >= length - 1 - near];
      if (!ends[0] && !ends[1]) continue;
      for (let v = Math.max(0, y - REACH); v <= Math.min(height - 1, y + REACH); v++)
        for (let u = Math.max(0, x - REACH); u <= Math.min(width - 1, x + REACH); u++) {
          const other = v * width + u;
          for (const end of [0, 1] as const)
            if (ends[end]) {
              if (symbols.data[other]) arrives[end] = true;
              else if (isLine[given[other]!]) met[end] = given[other]!;
            }
        }
    }
    if (open) return met[0] || met[1]!;
    return (met[0] || arrives[0]) && (met[1] || arrives[1]) ? met[0] || met[1]! : 0;
  }
}

/** Connected ink: its pixels, bounds, and whether it reaches a symbol. */
interface Stretch {
  pixels: number[];
  x0: number;
  y0: number;
  x1: number;
  y1: number;
  touchesSymbol: boolean;
}

function table(classes: readonly number[]): Uint8Array {
  const flags = new Uint8Array(256);
  for (const index of classes) flags[index] = 1;
  return flags;
}
