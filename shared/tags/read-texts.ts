import type { Box, Raster } from "#shared/vision";
import { layOut, type Mosaic } from "./lay-out.ts";
import { tidy } from "./patterns.ts";
import { readPages } from "./read-pages.ts";

/** What is written in a region of a sheet; the lines of a text of several are joined by a dash. */
export interface ReadText {
  bbox: Box;
  text: string;
}

export interface ReadOptions {
  /** Name or path of the program. */
  command: string;
  /** A page that takes longer is given up, ms. */
  limitMs: number;
  signal: AbortSignal;
}

/** Words tesseract is less sure of than this, in percent, are not believed. */
const SURE = 30;

/** Reads regions of a grey sheet; regions in which nothing is read are left out. Reading has begun when this returns. */
export async function readTexts(
  sheet: Raster,
  regions: readonly Box[],
  options: ReadOptions,
): Promise<ReadText[]> {
  const mosaics = layOut(sheet, regions);
  const tables = await readPages(
    mosaics.map(({ page }) => page),
    options,
  );
  options.signal.throwIfAborted();
  const texts: ReadText[] = [];
  for (const [index, mosaic] of mosaics.entries())
    for (const [region, text] of assemble(mosaic, parseWords(tables[index]!)))
      texts.push({ bbox: regions[region]!, text });
  return texts;
}

interface Word {
  left: number;
  middle: number;
  line: number;
  text: string;
}

/** Words of tesseract's table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text. */
export function parseWords(tsv: string, sure = SURE): Word[] {
  return tsv.split("\n").flatMap((row): Word[] => {
    const cells = row.split("\t");
    const [left, top, , height, confidence] = cells.slice(6, 11).map(Number);
    const text = tidy(cells[11] ?? "");
    if (cells[0] !== "5" || !text || !(confidence! >= sure)) return [];
    return [{ left: left!, middle: top! + height! / 2, line: Number(cells[4]), text }];
  });
}

/** Words back to their regions, lines from above, words from the left. */
function assemble({ rows }: Mosaic, words: readonly Word[]): [region: number, text: string][] {
  return rows.flatMap(({ region, top, bottom }): [number, string][] => {
    const own = words
      .filter(({ middle }) => middle >= top && middle <= bottom)
      .sort((a, b) => a.middle - b.middle);
    const lines: Word[][] = [];
    for (const word of own) {
      const line = lines.at(-1);
      if (line && word.middle - line[0]!.middle < LINE_PX) line.push(word);
      else lines.push([word]);
    }
    const text = lines
      .map((line) =>
        line
          .sort((a, b) => a.left - b.left)
          .map((word) => word.text)
          .join(" "),
      )
      .join("-");
    return text ? [[region, text]] : [];
  });
}

/** Middles of words on one line differ by less, px on the page. */
const LINE_PX = 14;
