import { readdirSync, readFileSync } from "node:fs";
import { crc32, inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { encodePng } from "./encode-png.ts";
import { cutTile, halve, levelsOf, TILE_PX } from "./pyramid.ts";

const grey = (widthPx: number, ...data: number[]) => ({
  data: Uint8Array.from(data),
  widthPx,
  heightPx: data.length / widthPx,
  channels: 1,
});

test("levels halve down to one tile, and are numbered as Deep Zoom does", () => {
  const levels = levelsOf(10_000, 7_000);
  expect(levels.map(({ level, widthPx, heightPx }) => [level, widthPx, heightPx])).toEqual([
    [9, 313, 219],
    [10, 625, 438],
    [11, 1250, 875],
    [12, 2500, 1750],
    [13, 5000, 3500],
    [14, 10_000, 7_000],
  ]);
  expect(levels.at(-1)).toMatchObject({ columns: 20, rows: 14 });
  expect(levelsOf(TILE_PX, 3)).toHaveLength(1);
  expect(levelsOf(1, 1)).toEqual([{ level: 0, widthPx: 1, heightPx: 1, columns: 1, rows: 1 }]);
});

test("a mask keeps its one-pixel line, paper keeps some of its ink", () => {
  const line = grey(4, 0, 255, 0, 0, 0, 255, 0, 0);
  expect([...halve(line, "max").data]).toEqual([255, 0]);
  const ink = grey(4, 255, 0, 255, 255, 255, 0, 255, 255);
  const [dark, light] = halve(ink, "ink").data as Uint8Array & [number, number];
  expect(dark).toBeLessThan(127);
  expect(light).toBe(255);
});

test("odd sides round up, the border counts itself twice", () => {
  const halved = halve(grey(3, 8, 8, 40, 8, 8, 40, 16, 16, 80), "max");
  expect({ ...halved, data: [...halved.data] }).toEqual({ ...grey(2, 8, 40, 16, 80), data: [8, 40, 16, 80] });
});

test("a tile is the part of the picture it stands for, and null without content", () => {
  const picture = grey(TILE_PX + 2, ...new Array((TILE_PX + 2) * 2).fill(0));
  picture.data[TILE_PX + 1] = 7;
  expect(cutTile(picture, 0, 0, 0)).toBeNull();
  expect(cutTile(picture, 1, 0, 0)).toEqual(grey(2, 0, 7, 0, 0));
});

test("a PNG holds the rows unfiltered, its chunks their checksums", () => {
  const png = encodePng(grey(2, 1, 2, 3, 4), [9, 8, 7]);
  const chunks: [string, Buffer][] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(png.subarray(at + 4, at + 8 + length)));
    chunks.push([png.toString("latin1", at + 4, at + 8), png.subarray(at + 8, at + 8 + length)]);
    at += 12 + length;
  }
  expect(chunks.map(([type]) => type)).toEqual(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"]);
  expect([...inflateSync(chunks[3]![1])]).toEqual([0, 1, 2, 0, 3, 4]);
});

test("only programs of their own load the image library: the gateway stays small", () => {
  const folder = new URL("..", import.meta.url);
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !file.startsWith("web"),
  );
  const loaders = sources.filter((file) => /from "sharp"/.test(readFileSync(new URL(file, folder), "utf8")));
  expect(loaders.sort()).toEqual(["thumbnail/shrink.ts", "tiles/cut.ts"]);
  for (const file of sources)
    expect(readFileSync(new URL(file, folder), "utf8")).not.toMatch(/from "\.[^"]*(cut|shrink)\.ts"/);
});
