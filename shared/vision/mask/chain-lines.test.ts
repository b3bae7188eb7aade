import { describe, expect, it } from "vitest";
import type { Raster } from "../geometry/types.ts";
import { clearChainLines } from "./chain-lines.ts";

const WIDTH = 260;
const HEIGHT = 40;
const [PROCESS, DASHED, BORDER] = [1, 2, 8];

/** Fills a rectangle with a class. */
function ink({ width, data }: Raster, x: number, y: number, w: number, h: number, label: number): void {
  for (let v = y; v < y + h; v++) data.fill(label, v * width + x, v * width + x + w);
}

const blank = (width = WIDTH, height = HEIGHT): Raster => ({
  width,
  height,
  data: new Uint8Array(width * height),
});

/** A chain line at y 20..21, every third dash of which was taken for a line. */
function chain(): Raster {
  const sheet = blank();
  for (let k = 0; k < 8; k++) {
    ink(sheet, 10 + 28 * k, 20, 16, 2, k % 3 === 0 ? PROCESS : BORDER);
    ink(sheet, 31 + 28 * k, 20, 2, 2, DASHED);
  }
  return sheet;
}

/** The same with x and y exchanged. */
function turned({ width, height, data }: Raster): Raster {
  const other = blank(height, width);
  data.forEach((label, at) => {
    other.data[(at % width) * height + Math.floor(at / width)] = label;
  });
  return other;
}

function cleared(sheet: Raster): Raster {
  clearChainLines(sheet, { lineWidthPx: 2, lines: [PROCESS, DASHED], border: BORDER });
  return sheet;
}

const classes = ({ data }: Raster) => [...new Set(data)].sort((a, b) => a - b);

describe("chain lines", () => {
  it("are borders all along, whatever their dashes were taken for", () => {
    expect(classes(cleared(chain()))).toEqual([0, BORDER]);
    expect(classes(cleared(turned(chain())))).toEqual([0, BORDER]);
  });

  it("leave a line that crosses them its ink, and take the dash that lies on it", () => {
    const sheet = chain();
    ink(sheet, 100, 0, 2, HEIGHT, PROCESS);
    cleared(sheet);
    for (let y = 0; y < HEIGHT; y++) expect(sheet.data[y * WIDTH + 100]).toBe(PROCESS);
    expect([94, 98, 103, 109].map((x) => sheet.data[20 * WIDTH + x])).toEqual(new Array(4).fill(BORDER));
  });

  it("leave a solid line that lies in their row", () => {
    const sheet = chain();
    sheet.data.fill(0, 20 * WIDTH + 122, 20 * WIDTH + 178);
    sheet.data.fill(0, 21 * WIDTH + 122, 21 * WIDTH + 178);
    ink(sheet, 124, 20, 50, 2, PROCESS);
    cleared(sheet);
    expect(sheet.data[20 * WIDTH + 150]).toBe(PROCESS);
  });
});

it("takes dashed and dotted lines, and a dash and a dot by chance, for no chain line", () => {
  const sheet = blank();
  for (let k = 0; k < 10; k++) ink(sheet, 10 + 22 * k, 5, 16, 2, DASHED);
  for (let k = 0; k < 30; k++) ink(sheet, 10 + 6 * k, 15, 2, 2, DASHED);
  ink(sheet, 10, 30, 16, 2, DASHED);
  ink(sheet, 31, 30, 2, 2, DASHED);
  ink(sheet, 38, 30, 16, 2, DASHED);
  expect(classes(cleared(sheet))).toEqual([0, DASHED]);
});
