import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskOf, rowsOf } from "../geometry/ascii-mask.ts";
import type { Mask } from "../geometry/types.ts";
import { thin } from "./thin.ts";

/** Counts connected pieces of the pixels equal to `value` by flood fill; outside the mask is background. */
function pieces(mask: Mask, value: 0 | 1, diagonal: boolean): number {
  const [w, h] = [mask.width + 2, mask.height + 2];
  const at = (x: number, y: number) =>
    x < 1 || y < 1 || x > mask.width || y > mask.height ? 0 : mask.data[(y - 1) * mask.width + x - 1]!;
  const seen = new Set<number>();
  let count = 0;
  for (let start = 0; start < w * h; start++) {
    if (seen.has(start) || at(start % w, Math.floor(start / w)) !== value) continue;
    count++;
    const queue = [start];
    seen.add(start);
    for (const p of queue)
      for (const [dx, dy] of [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
        [1, 1],
        [1, -1],
        [-1, 1],
        [-1, -1],
      ] as const) {
        if (!diagonal && dx !== 0 && dy !== 0) continue;
        const [x, y] = [(p % w) + dx, Math.floor(p / w) + dy];
        if (x < 0 || y < 0 || x >= w || y >= h || seen.has(y * w + x) || at(x, y) !== value) continue;
        seen.add(y * w + x);
        queue.push(y * w + x);
      }
  }
  return count;
}

const components = (mask: Mask) => pieces(mask, 1, true);
const holes = (mask: Mask) => pieces(mask, 0, false) - 1;

function blocks(mask: Mask): number {
  let count = 0;
  for (let y = 0; y + 1 < mask.height; y++)
    for (let x = 0; x + 1 < mask.width; x++) {
      const i = y * mask.width + x;
      if (mask.data[i] && mask.data[i + 1] && mask.data[i + mask.width] && mask.data[i + mask.width + 1])
        count++;
    }
  return count;
}

/** Masks like sheets: strokes of several widths and angles over each other, with some specks. */
const drawings = fc
  .record({
    width: fc.integer({ min: 1, max: 48 }),
    height: fc.integer({ min: 1, max: 48 }),
    strokes: fc.array(
      fc.record({
        a: fc.tuple(fc.integer({ min: -4, max: 52 }), fc.integer({ min: -4, max: 52 })),
        b: fc.tuple(fc.integer({ min: -4, max: 52 }), fc.integer({ min: -4, max: 52 })),
        radius: fc.double({ min: 0.4, max: 4, noNaN: true }),
      }),
      { maxLength: 8 },
    ),
    specks: fc.array(fc.nat(48 * 48), { maxLength: 12 }),
  })
  .map(({ width, height, strokes, specks }) => {
    const data = new Uint8Array(width * height);
    for (const { a, b, radius } of strokes)
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
          const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
          const t = Math.max(0, Math.min(1, ((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy || 1)));
          if (Math.hypot(x - a[0] - t * dx, y - a[1] - t * dy) <= radius) data[y * width + x] = 1;
        }
    for (const s of specks) if (s < data.length) data[s] = 1 - data[s]!;
    return { width, height, data };
  });

const noise = fc.integer({ min: 1, max: 14 }).chain((width) =>
  fc.array(fc.integer({ min: 0, max: 1 }), { minLength: width, maxLength: width * 14 }).map((bits) => {
    const height = Math.floor(bits.length / width);
    return { width, height, data: Uint8Array.from(bits.slice(0, width * height)) };
  }),
);

describe("thin", () => {
  it("thins a thick bar to its middle row", () => {
    expect(
      rowsOf(thin(maskOf(["..........", ".########.", ".########.", ".########.", ".........."]))),
    ).toEqual(["..........", "..........", ".########.", "..........", ".........."]);
  });

  it("keeps a ring a ring", () => {
    expect(rowsOf(thin(maskOf(["#######", "#######", "##...##", "##...##", "#######", "#######"])))).toEqual([
      ".......",
      "..####.",
      ".#....#",
      ".#....#",
      ".#...#.",
      "..###..",
    ]);
  });

  it("leaves a line of one pixel as it is", () => {
    const rows = ["#......", ".#.....", "..####.", "......#"];
    expect(rowsOf(thin(maskOf(rows)))).toEqual(rows);
  });

  it("leads one of four diagonal arms past the block they meet in", () => {
    const thinned = thin(maskOf(["......", ".#..#.", "..##..", "..##..", ".#..#.", "......"]));
    expect(blocks(thinned)).toBe(0);
    expect(components(thinned)).toBe(1);
    expect(holes(thinned)).toBe(0);
  });

  it("turns an empty mask into an empty mask, and a dot into a dot", () => {
    expect(rowsOf(thin(maskOf(["...", "..."])))).toEqual(["...", "..."]);
    expect(rowsOf(thin(maskOf(["...", ".#.", "..."])))).toEqual(["...", ".#.", "..."]);
  });

  for (const [name, masks, numRuns] of [
    ["drawings", drawings, 100],
    ["noise", noise, 300],
  ] as const) {
    it(`keeps components and holes, leaves no 2×2 block, and is idempotent on ${name}`, () => {
      fc.assert(
        fc.property(masks, (mask) => {
          const once = thin(mask);
          expect(components(once)).toBe(components(mask));
          expect(holes(once)).toBe(holes(mask));
          expect(blocks(once)).toBe(0);
          expect(thin(once).data).toEqual(once.data);
        }),
        { numRuns },
      );
    }, 60_000);
  }
});
