import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskOf, rowsOf } from "../geometry/ascii-mask.ts";
import type { Raster } from "../geometry/types.ts";
import {
  binarise,
  distanceTransform,
  estimateLineWidth,
  labelComponents,
  levelBackground,
  otsuThreshold,
  rasteriseBoxes,
  subtract,
} from "./index.ts";

describe("rasteriseBoxes", () => {
  it("fills boxes and polygons, grown by the dilation", () => {
    const mask = rasteriseBoxes(10, 6, [
      [1, 1, 2, 2],
      {
        polygon: [
          [6, 1],
          [9, 1],
          [9, 4],
          [6, 4],
        ],
      },
    ]);
    expect(rowsOf(mask)).toEqual([
      "..........",
      ".##...###.",
      ".##...###.",
      "......###.",
      "..........",
      "..........",
    ]);
    expect(rowsOf(rasteriseBoxes(5, 4, [[2, 1, 1, 1]], { dilatePx: 1 }))).toEqual([
      ".###.",
      ".###.",
      ".###.",
      ".....",
    ]);
  });

  it("clips what reaches beyond the sheet", () => {
    expect(rowsOf(rasteriseBoxes(3, 2, [[-5, -5, 7, 6]]))).toEqual(["##.", "..."]);
  });
});

describe("estimateLineWidth", () => {
  it("finds the stroke width of horizontal and vertical lines, whatever lengths they have", () => {
    const width = 200;
    const data = new Uint8Array(width * width);
    for (let i = 10; i < 190; i++)
      for (let t = 0; t < 5; t++) {
        data[(50 + t) * width + i] = 1;
        data[i * width + 90 + t] = 1;
      }
    expect(estimateLineWidth({ width, height: width, data })).toBeCloseTo(5, 1);
  });

  it("is 0 for an empty mask", () => {
    expect(estimateLineWidth(maskOf(["....", "...."]))).toBe(0);
  });
});

describe("distanceTransform", () => {
  it("agrees with the definition on random masks", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 63, maxLength: 63 }), (bits) => {
        const mask = { width: 9, height: 7, data: Uint8Array.from(bits, (b) => (b ? 1 : 0)) };
        fc.pre(mask.data.includes(0));
        const distance = distanceTransform(mask);
        for (let i = 0; i < 63; i++) {
          let nearest = Number.POSITIVE_INFINITY;
          for (let j = 0; j < 63; j++)
            if (!mask.data[j])
              nearest = Math.min(
                nearest,
                Math.hypot((i % 9) - (j % 9), Math.floor(i / 9) - Math.floor(j / 9)),
              );
          expect(distance[i]).toBeCloseTo(nearest, 4);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe("labelComponents", () => {
  it("joins diagonal neighbours only with 8-connectivity", () => {
    const mask = maskOf(["#..#", ".#..", "...#"]);
    expect(labelComponents(mask, 8).count).toBe(3);
    expect(labelComponents(mask, 4).count).toBe(4);
    expect([...labelComponents(mask, 8).areas]).toEqual([0, 2, 1, 1]);
  });
});

describe("binarise", () => {
  const sheet: Raster = { width: 200, height: 100, data: new Uint8Array(20_000) };
  for (let y = 0; y < 100; y++)
    for (let x = 0; x < 200; x++) sheet.data[y * 200 + x] = (y === 50 ? 0.55 : 1) * (90 + x * 0.8);

  it("finds a line on uneven ground with the adaptive method", () => {
    const mask = binarise(sheet, { method: "adaptive" });
    expect(mask.data.reduce((a, b) => a + b, 0)).toBe(200);
    expect(mask.data.subarray(50 * 200, 51 * 200).every((v) => v === 1)).toBe(true);
  });

  it("finds the same line with one level once the ground is levelled", () => {
    const mask = binarise(levelBackground(sheet, { cellPx: 16 }));
    expect(mask.data.reduce((a, b) => a + b, 0)).toBe(200);
  });

  it("splits two grey levels between them", () => {
    const level = otsuThreshold({ width: 4, height: 1, data: Uint8Array.of(10, 12, 200, 210) });
    expect(level).toBeGreaterThanOrEqual(12);
    expect(level).toBeLessThan(200);
  });
});

describe("subtract", () => {
  it("clears the pixels of the second mask", () => {
    expect(rowsOf(subtract(maskOf(["##.#"]), maskOf([".###"])))).toEqual(["#..."]);
  });
});
