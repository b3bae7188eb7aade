import { describe, expect, it } from "vitest";
import type { Detection, Raster } from "#shared/vision";
import { closerViews, isFor, overviews, sliceViews } from "./plan-views.ts";

const OPTIONS = { slicePx: 1024, overlapRatio: 0.2 };

/** White, with a black dot at each of the given places. */
function sheet(width: number, height: number, dots: [number, number][] = []): Raster {
  const data = new Uint8Array(width * height).fill(255);
  for (const [x, y] of dots)
    for (let row = 0; row < 8; row++) data.fill(0, (y + row) * width + x, (y + row) * width + x + 8);
  return { width, height, data };
}

const claim = (x: number, y: number, size: number): Detection => ({
  bbox: [x, y, size, size],
  score: 0.9,
  classIndex: 0,
});

describe("the views of a sheet", () => {
  it("are the slices with ink", () => {
    const { views, slices } = sliceViews(sheet(2048, 1024, [[20, 20]]), OPTIONS);
    expect(slices).toBe(3);
    expect(views.map(({ slice }) => slice.x)).toEqual([0]);
  });

  it("are one overview of a sheet that is four slices wide, and several of a larger one", () => {
    expect(overviews(sheet(4000, 3000), OPTIONS).map(({ slice }) => slice)).toEqual([
      { x: 0, y: 0, width: 4000, height: 3000 },
    ]);
    const large = overviews(sheet(7168, 4561), OPTIONS);
    expect(large.map(({ slice }) => [slice.x, slice.y])).toEqual([
      [0, 0],
      [3072, 0],
      [0, 465],
      [3072, 465],
    ]);
    expect(Math.max(...large.map(({ slice }) => slice.width / OPTIONS.slicePx))).toBe(4);
  });

  it("leave to the overview what is larger than two slices have in common", () => {
    const whole = overviews(sheet(3000, 2000), OPTIONS)[0]!;
    const size = { width: 3000, height: 2000 };
    expect(isFor(whole, [500, 500, 300, 100], size)).toBe(true);
    expect(isFor(whole, [500, 500, 150, 100], size)).toBe(false);
  });

  it("are closer where many symbols are small, and there for small ones only", () => {
    const small = Array.from({ length: 8 }, (_, i) => claim(100 + 40 * i, 200, 11));
    const closer = closerViews(sheet(3000, 2000), small, OPTIONS);
    expect(closer.map(({ slice }) => [slice.x, slice.y, slice.width])).toEqual([[0, 0, 683]]);
    const size = { width: 3000, height: 2000 };
    expect(isFor(closer[0]!, [300, 300, 30, 12], size)).toBe(true);
    expect(isFor(closer[0]!, [300, 300, 60, 60], size)).toBe(false);
  });

  it("are no closer where few are, or none is small", () => {
    const few = Array.from({ length: 5 }, (_, i) => claim(100 + 40 * i, 200, 11));
    const large = Array.from({ length: 50 }, (_, i) => claim(100 + 40 * i, 200, 30));
    const apart = Array.from({ length: 8 }, (_, i) => claim(10 + 370 * i, (i % 2) * 1500 + 200, 11));
    const among = [...large, ...large, ...apart.slice(0, 2), ...few];
    for (const claims of [few, large, apart, among])
      expect(closerViews(sheet(3000, 2000), claims, OPTIONS)).toEqual([]);
  });
});
