import { spawn } from "node:child_process";
import { passEnv } from "#shared/config";
import { writeGrey } from "#shared/raster";
import type { Box, Raster } from "#shared/vision";
import { layOut, type Mosaic } from "./lay-out.ts";
import { tidy } from "./patterns.ts";

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
/** More output than this is no page of ours. */
const MOST_BYTES = 4_000_000;

/** Reads regions of a grey sheet; regions in which nothing is read are left out. */
export async function readTexts(
  sheet: Raster,
  regions: readonly Box[],
  options: ReadOptions,
): Promise<ReadText[]> {
  const texts: ReadText[] = [];
  for (const mosaic of layOut(sheet, regions)) {
    options.signal.throwIfAborted();
    const words = await readPage(await writeGrey(mosaic.page), options);
    for (const [region, text] of assemble(mosaic, words)) texts.push({ bbox: regions[region]!, text });
  }
  return texts;
}

interface Word {
  left: number;
  middle: number;
  line: number;
  text: string;
}

/** One process per page. A page given up or refused gives no words: tags are never worth a diagram. */
function readPage(png: Uint8Array, { command, limitMs, signal }: ReadOptions): Promise<Word[]> {
  return new Promise((resolve) => {
    const child = spawn(command, ["stdin", "stdout", "--psm", "11", "--dpi", "300", "tsv"], {
      stdio: ["pipe", "pipe", "ignore"],
      // One thread: the stage's slot has its share of the cores.
      env: { ...passEnv(["PATH", "TESSDATA_PREFIX", "LANG"]), OMP_THREAD_LIMIT: "1" },
      signal,
      timeout: limitMs,
      killSignal: "SIGKILL",
    });
    let out = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
      if (out.length > MOST_BYTES) child.kill("SIGKILL");
    });
    child.once("error", () => resolve([]));
    child.once("close", (code) => resolve(code === 0 ? parseWords(out) : []));
    child.stdin.on("error", () => {});
    child.stdin.end(png);
  });
}

/** Words of tesseract's table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text. */
export function parseWords(tsv: string): Word[] {
  return tsv.split("\n").flatMap((row): Word[] => {
    const cells = row.split("\t");
    const [left, top, , height, confidence] = cells.slice(6, 11).map(Number);
    const text = tidy(cells[11] ?? "");
    if (cells[0] !== "5" || !text || !(confidence! >= SURE)) return [];
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
