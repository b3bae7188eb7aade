import type { QuarterTurn, TextLayout } from "#shared/raster";
import type { Box, Raster } from "#shared/vision";
import { layOut } from "./lay-out.ts";
import { readPages } from "./read-pages.ts";
import { parseWords, type ReadOptions } from "./read-texts.ts";

/** So many lines of text tell which way is up, the longest ones; half of them, read one way, mostly do. */
const LINES = 12;
/** Of a line, so many times its height: longer ones are notes, and cost without telling more. */
const LONGEST = 16;
/** Words tesseract is less sure of, in percent, and shorter ones, are also read into text that stands on its head. */
const SURE = 85;
const SHORTEST = 3;
/** Letters of such words that must be read at least, and so many times more than the other way round. */
const ENOUGH = 24;
const CLEAR = 3;

/**
 * By how much a sheet must be turned clockwise for its text to be read; undefined where reading does not tell (too little text,
 * or of a kind tesseract does not read).
 * @param layout of the text, boxes in px of the sheet
 */
export async function findTurn(
  sheet: Raster,
  { isTurned, lines }: TextLayout,
  options: ReadOptions,
): Promise<QuarterTurn | undefined> {
  const sample = lines.slice(0, LINES).map(shorten);
  if (sample.length === 0) return undefined;
  const ways = isTurned ? ([90, 270] as const) : ([0, 180] as const);
  const read = (lines: readonly Box[], turn: QuarterTurn) => lettersRead(sheet, lines, turn, options);
  const some = sample.slice(0, LINES / 2);
  const early = await read(some, ways[0]);
  // Nearly every sheet is upright, and of 28 sheets read upside down none gave more than 14 letters: one look is enough.
  if (ways[0] === 0 && early >= ENOUGH) return 0;
  const [late, second] = await Promise.all([read(sample.slice(some.length), ways[0]), read(sample, ways[1])]);
  const first = early + late;
  if (first >= Math.max(ENOUGH, CLEAR * second)) return ways[0];
  if (second >= Math.max(ENOUGH, CLEAR * first)) return ways[1];
  return undefined;
}

/** The middle of a long line: cut off in a word, at worst two words are lost. */
function shorten([x, y, w, h]: Box): Box {
  const [width, height] = w > h ? [Math.min(w, LONGEST * h), h] : [w, Math.min(h, LONGEST * w)];
  return [x + (w - width) / 2, y + (h - height) / 2, width, height];
}

async function lettersRead(
  sheet: Raster,
  lines: readonly Box[],
  turn: QuarterTurn,
  options: ReadOptions,
): Promise<number> {
  if (lines.length === 0) return 0;
  const pages = layOut(sheet, lines, () => turn).map(({ page }) => page);
  const tables = await readPages(pages, options);
  options.signal.throwIfAborted();
  return tables
    .flatMap((table) => parseWords(table, SURE))
    .filter(({ text }) => text.length >= SHORTEST)
    .reduce((letters, { text }) => letters + text.length, 0);
}
