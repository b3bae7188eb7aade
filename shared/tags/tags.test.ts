import { readdirSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import type { Box, Graph } from "#shared/messages";
import { attachTags, tagRegions } from "./attach-tags.ts";
import { findTesseract } from "./find-tesseract.ts";
import { layOut } from "./lay-out.ts";
import { isLineTag, isTag, tidy } from "./patterns.ts";
import { readPages } from "./read-pages.ts";
import { parseWords, readTexts } from "./read-texts.ts";
import { writeTiff } from "./write-tiff.ts";

const tesseract = await findTesseract("tesseract");

const nodes: Graph["nodes"] = [
  { id: "n1", type: "symbol", class: "centrifugal_pump", bbox: [100, 100, 80, 80], center: [140, 140] },
  { id: "n2", type: "symbol", class: "field_instrument", bbox: [300, 100, 60, 60], center: [330, 130] },
];
const edges: Graph["edges"] = [
  {
    id: "p1",
    source: "n1",
    target: "n2",
    points: [
      [180, 140],
      [300, 140],
    ],
    line: "process",
    style: "solid",
    direction: null,
    widthPx: 3,
  },
];

describe("tagRegions", () => {
  const skeleton = { width: 400, height: 300, data: new Uint8Array(400 * 300) };
  skeleton.data.fill(1, 250 * 400 + 20, 250 * 400 + 380);
  const symbol: Box = [100, 100, 20, 20];

  it("keeps text near a symbol or a line, and leaves out what no tag can be", () => {
    const [beside, above, note]: Box[] = [
      [150, 100, 60, 12],
      [200, 225, 60, 12],
      [250, 20, 100, 12],
    ];
    expect(tagRegions([beside!, above!, note!], [symbol], skeleton)).toEqual([beside, above]);
  });

  it("reads what attachTags would give away at most", () => {
    const edge = {
      id: "p1",
      points: [
        [20, 250],
        [380, 250],
      ],
    } as unknown as Graph["edges"][number];
    for (let y = 200; y < 260; y++) {
      const bbox: Box = [200, y, 60, 12];
      const { edges } = attachTags({ nodes: [], edges: [edge] }, [{ bbox, text: '2"-W-1544-CS2' }]);
      if (edges[0]!.tag) expect(tagRegions([bbox], [], skeleton)).toHaveLength(1);
    }
  });
});

describe("tags", () => {
  it("are told from line numbers and other words", () => {
    expect(["P-101A", "LIC-417", "CV164", "FT 67"].map(isTag)).toEqual([true, true, true, true]);
    expect(["NOTES", "12", "REV-A", "N12"].map(isTag)).toEqual([false, false, false, false]);
    expect(isLineTag("TK-693-FLARE-DT436M3-CAP467C")).toBe(false);
    expect([isLineTag('6"-P-1234-A1'), isLineTag("P-101A"), isLineTag("A-B-C")]).toEqual([
      true,
      false,
      false,
    ]);
    expect(tidy("  p—101a, ")).toBe("P-101A");
  });

  it("go to the symbol they lie in or next to, line numbers to the line they stand on, each once", () => {
    const texts = [
      { bbox: [110, 190, 60, 14] as Box, text: "P-101A" },
      { bbox: [310, 115, 40, 30] as Box, text: "LIC-417" },
      { bbox: [200, 118, 80, 14] as Box, text: '6"-PW-100-A1' },
      { bbox: [100, 900, 60, 14] as Box, text: "P-999" },
      { bbox: [110, 80, 50, 14] as Box, text: "WATER" },
    ];
    const tagged = attachTags({ nodes, edges }, texts);
    expect(tagged.nodes.map(({ tag }) => tag)).toEqual(["P-101A", "LIC-417"]);
    expect(tagged.edges[0]!.tag).toBe('6"-PW-100-A1');
  });

  it("come from tesseract's words, sure ones only", () => {
    const row = (confidence: number, text: string) =>
      `5\t1\t1\t1\t1\t1\t10\t20\t60\t30\t${confidence}\t${text}`;
    expect(parseWords(`level\t…\n${row(91, "P-101A")}\n${row(12, "iIl")}\n`)).toEqual([
      { left: 10, middle: 35, line: 1, text: "P-101A" },
    ]);
  });

  it("are laid out upright on pages that no sheet makes endless", () => {
    const sheet = { width: 400, height: 400, data: new Uint8Array(160_000).fill(255) };
    const regions = Array.from({ length: 200 }, (_, i): Box => [i, 10, 12, 60]);
    const pages = layOut(sheet, regions);
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.flatMap(({ rows }) => rows.map(({ region }) => region))).toEqual(regions.map((_, i) => i));
    for (const { page } of pages) expect(page.height).toBeLessThanOrEqual(4100);
    // A text 60 px tall and 12 wide lies on its side, enlarged.
    expect(pages[0]!.rows[0]!.bottom - pages[0]!.rows[0]!.top).toBeLessThan(60);
  });

  it("are read from pages that lie in one file", async () => {
    const pages = [3, 5, 8].map((width, page) => ({
      width,
      height: 3,
      data: Uint8Array.from({ length: width * 3 }, (_, i) => 40 * page + i),
    }));
    const file = Buffer.concat([...writeTiff(pages)]);
    for (const [page, { width, height, data }] of pages.entries()) {
      const read = await sharp(file, { page })
        .toColourspace("b-w")
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect(read.info).toMatchObject({ width, height, channels: 1 });
      expect([...read.data]).toEqual([...data]);
    }
  });

  it("are read beside what computes here, by processes that take several pages each", async () => {
    const folder = await mkdtemp(join(tmpdir(), "penstock-tags-"));
    try {
      const command = join(folder, "reader");
      // Says of each page how large the file is, once it has read all of it.
      await writeFile(
        command,
        '#!/bin/sh\ncat > "$0.$$"\nsize=$(wc -c < "$0.$$")\nmv "$0.$$" "$0.$$.read"\nprintf "level\\n5\\t1\\t%d\\n5\\t2\\t%d\\n" $size $size\n',
        { mode: 0o755 },
      );
      const page = (side: number) => ({ width: side, height: side, data: new Uint8Array(side * side) });
      const pages = [page(300), page(30), page(20)];
      const reading = readPages(pages, {
        command,
        limitMs: 60_000,
        signal: new AbortController().signal,
      });
      const atOnce = Math.min(2, availableParallelism());
      const shares = atOnce === 2 ? [[0, 2], [1]] : [[0, 1, 2]];
      // No turn of the event loop from here on: nothing that waits for one is fed.
      const deadline = Date.now() + 50_000;
      const read = () => readdirSync(folder).filter((name) => name.endsWith(".read")).length;
      while (read() < shares.length && Date.now() < deadline);
      expect(read()).toBe(shares.length);
      const size = (own: number[]) =>
        [...writeTiff(own.map((i) => pages[i]!))].reduce((n, p) => n + p.length, 0);
      const tables = await reading;
      for (const own of shares)
        own.slice(0, 2).forEach((index, i) => {
          expect(tables[index]).toBe(`5\t${i + 1}\t${size(own)}\n`);
        });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("are empty where the reader does not start, or is given up", async () => {
    const pages = [{ width: 4, height: 4, data: new Uint8Array(16) }];
    const signal = new AbortController().signal;
    expect(await readPages(pages, { command: "no-such-program-anywhere", limitMs: 1000, signal })).toEqual([
      "",
    ]);
    expect(await readPages([], { command: "no-such-program-anywhere", limitMs: 1000, signal })).toEqual([]);
  });

  it("are off where the program is not there", async () => {
    expect(await findTesseract("no-such-program-anywhere")).toBeUndefined();
  });

  it.skipIf(!tesseract)("are read from a sheet, along and up it", async () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="400"><rect width="100%" height="100%" fill="#fff"/>
      <g font-family="DejaVu Sans, sans-serif" font-size="20"><text x="50" y="60">PU-5073</text><text transform="translate(300 300) rotate(-90)">HV-622</text></g></svg>`;
    const { data, info } = await sharp(Buffer.from(svg))
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const sheet = { width: info.width, height: info.height, data: new Uint8Array(data) };
    if (!sheet.data.some((value) => value < 128)) return; // No font on this machine draws the sheet.
    const texts = await readTexts(
      sheet,
      [
        [45, 40, 110, 26],
        [280, 215, 26, 90],
      ],
      { command: "tesseract", limitMs: 60_000, signal: new AbortController().signal },
    );
    expect(texts.map(({ text }) => text)).toEqual(["PU-5073", "HV-622"]);
  });
});
