import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { closeSync, openSync, unlinkSync, writeSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { passEnv } from "#shared/config";
import type { Raster } from "#shared/vision";
import type { ReadOptions } from "./read-texts.ts";
import { writeTiff } from "./write-tiff.ts";

/** Processes that read at once; each computes on one thread. */
const AT_ONCE = Math.min(2, availableParallelism());
/** Most pages per process: it reads all of them into its memory. */
const MOST_PAGES = 16;
/** More output than this is no page of ours. */
const MOST_BYTES = 4_000_000;

/**
 * Has tesseract read pages, several in one process, two processes at once. The first ones are started before this returns,
 * and read on while this thread does something else. Pages given up or refused give empty tables: tags are never worth a diagram.
 * @returns tesseract's table (TSV without its head) of each page
 */
export async function readPages(pages: readonly Raster[], options: ReadOptions): Promise<string[]> {
  const tables = pages.map(() => "");
  const processes = Math.min(pages.length, Math.max(AT_ONCE, Math.ceil(pages.length / MOST_PAGES)));
  let next = 0;
  const work = async () => {
    while (next < processes && !options.signal.aborted) {
      const first = next++;
      const own = [...pages.keys()].filter((page) => page % processes === first);
      const out = await readTogether(
        own.map((page) => pages[page]!),
        options,
      );
      for (const row of out.split("\n")) {
        const page = own[Number(/^\d+\t(\d+)\t/.exec(row)?.[1]) - 1];
        if (page !== undefined) tables[page] += `${row}\n`;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return tables;
}

/** One process: a TIFF goes in, the tables of its pages come out. */
function readTogether(pages: readonly Raster[], { command, limitMs, signal }: ReadOptions): Promise<string> {
  return new Promise((resolve) => {
    let input: number;
    try {
      // A file, not a pipe: what goes in is there at once, also while this thread computes and feeds no pipe.
      input = openNameless(writeTiff(pages));
    } catch {
      resolve("");
      return;
    }
    const child = spawn(command, ["stdin", "stdout", "--psm", "11", "--dpi", "300", "tsv"], {
      stdio: [input, "pipe", "ignore"],
      // One thread: the stage's slot has its share of the cores.
      env: { ...passEnv(["PATH", "TESSDATA_PREFIX", "LANG"]), OMP_THREAD_LIMIT: "1" },
      signal,
      timeout: limitMs * pages.length,
      killSignal: "SIGKILL",
    });
    closeSync(input);
    let out = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      out += text;
      if (out.length > MOST_BYTES * pages.length) child.kill("SIGKILL");
    });
    // What it read before it was given up is as good as ever.
    child.once("error", () => resolve(out));
    child.once("close", () => resolve(out));
  });
}

/** A temporary file that is gone once nobody has it open, however its users end. @returns its descriptor, at the beginning */
function openNameless(pieces: Iterable<Uint8Array>): number {
  const path = join(tmpdir(), `penstock-${randomUUID()}`);
  const writing = openSync(path, "wx", 0o600);
  try {
    for (const piece of pieces) for (let at = 0; at < piece.length; ) at += writeSync(writing, piece, at);
    return openSync(path, "r");
  } finally {
    closeSync(writing);
    unlinkSync(path);
  }
}
