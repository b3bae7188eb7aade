import { describe, expect, it } from "vitest";
import type { Point, Raster } from "../geometry/types.ts";
import { findArrowHeads } from "./find-arrow-heads.ts";
import { inkLevels, lineProfile } from "./line-profile.ts";

const [WIDTH, HEIGHT, Y] = [200, 60, 30];

/** A line 4 px wide along y 30 on speckled paper, with more ink where `reach(x)` says so, px to both sides. */
function sheet(reach: (x: number) => number): Raster {
  const data = new Uint8Array(WIDTH * HEIGHT).fill(250);
  let state = 7;
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) {
      state = (state * 1103515245 + 12345) % 2147483648;
      const speck = state % 97 === 0;
      if (Math.abs(y - Y) <= Math.max(2, reach(x))) data[y * WIDTH + x] = speck ? 120 : 20;
      else if (speck) data[y * WIDTH + x] = 150;
    }
  return { width: WIDTH, height: HEIGHT, data };
}

const path: Point[] = Array.from({ length: 180 }, (_, k) => [10 + k, Y]);
const heads = (raster: Raster) =>
  findArrowHeads(lineProfile(raster, path, inkLevels(raster), 24), 4).map(({ at, direction }) => ({
    x: 10 + at,
    direction,
  }));
/** Half the height of a head 18 px long and 14 px high. */
const head = (x: number, base: number, direction: 1 | -1) => {
  const along = (x - base) * direction;
  return along >= 0 && along < 18 ? 7 * (1 - along / 18) : 0;
};

describe("arrow heads on a line", () => {
  it("are found by their shape, with the way they point, whatever the specks", () => {
    for (const direction of [1, -1] as const) {
      const found = heads(sheet((x) => head(x, 90, direction)));
      expect(found).toHaveLength(1);
      expect(found[0]!.direction).toBe(direction);
      expect(Math.abs(found[0]!.x - 90)).toBeLessThanOrEqual(3);
    }
  });

  it("are found one by one", () => {
    const found = heads(sheet((x) => Math.max(head(x, 50, 1), head(x, 130, 1))));
    expect(found.map(({ direction }) => direction)).toEqual([1, 1]);
  });

  it("are not dots, slashes, flanges or bare line", () => {
    expect(heads(sheet(() => 0))).toEqual([]);
    expect(heads(sheet((x) => Math.sqrt(Math.max(0, 81 - (x - 100) ** 2))))).toEqual([]);
    expect(heads(sheet((x) => (Math.abs(x - 100) <= 2 ? 12 : 0)))).toEqual([]);
  });
});
