import { describe, expect, it } from "vitest";
import type { Picture, Raster } from "../geometry/types.ts";
import {
  blendWindow,
  createTileBlender,
  fromLetterbox,
  isBlankSlice,
  letterbox,
  planSlices,
  planTiles,
  sliceToTensor,
  tileToTensor,
} from "./index.ts";

describe("planSlices", () => {
  it("shifts the last slice of a row and a column back inside the sheet", () => {
    const slices = planSlices(1000, 700, { sliceWidthPx: 400, overlapRatio: 0.25 });
    expect([...new Set(slices.map((s) => s.x))]).toEqual([0, 300, 600]);
    expect([...new Set(slices.map((s) => s.y))]).toEqual([0, 300]);
    expect(slices.every((s) => s.x + s.width <= 1000 && s.y + s.height <= 700)).toBe(true);
  });

  it("gives one slice of the sheet's size when the sheet is smaller", () => {
    expect(planSlices(300, 200, { sliceWidthPx: 640 })).toEqual([{ x: 0, y: 0, width: 300, height: 200 }]);
  });

  it("covers every pixel whatever the sizes", () => {
    for (const [w, h, s] of [
      [641, 640, 640],
      [1279, 333, 512],
      [97, 1025, 128],
    ] as const) {
      const covered = new Uint8Array(w * h);
      for (const t of planSlices(w, h, { sliceWidthPx: s }))
        for (let y = t.y; y < t.y + t.height; y++) covered.fill(1, y * w + t.x, y * w + t.x + t.width);
      expect(covered.indexOf(0)).toBe(-1);
    }
  });

  it("refuses an overlap that never advances", () => {
    expect(() => planSlices(100, 100, { sliceWidthPx: 10, overlapRatio: 1 })).toThrow(/overlapRatio/);
  });
});

describe("isBlankSlice", () => {
  const sheet: Raster = { width: 40, height: 20, data: new Uint8Array(800).fill(200) };
  for (let x = 22; x < 38; x++) sheet.data[10 * 40 + x] = 30;

  it("calls even grey ground blank and a line not blank", () => {
    expect(isBlankSlice(sheet, { x: 0, y: 0, width: 20, height: 20 })).toBe(true);
    expect(isBlankSlice(sheet, { x: 20, y: 0, width: 20, height: 20 })).toBe(false);
  });
});

describe("letterbox", () => {
  it("maps a box to the input and back", () => {
    const slice = { x: 100, y: 50, width: 800, height: 400 };
    const fit = letterbox(slice.width, slice.height, 640);
    expect(fit).toEqual({ scale: 0.8, padX: 0, padY: 160, inputPx: 640 });
    expect(fromLetterbox([80, 240, 160, 80], fit, slice)).toEqual([200, 150, 200, 100]);
  });
});

describe("planTiles", () => {
  it("makes even tiles no larger than covering the sheet with their overlap takes", () => {
    const plan = (even: boolean) => planTiles(4000, 3000, { tilePx: 768, overlapPx: 64, even });
    expect(plan(true)).toHaveLength(plan(false).length);
    expect(plan(true)[0]).toEqual({ x: 0, y: 0, width: 736, height: 672 });
    expect(plan(false)[0]).toEqual({ x: 0, y: 0, width: 768, height: 768 });
  });

  it("covers every pixel and keeps the overlap whatever the sizes", () => {
    for (const [w, h, tilePx] of [
      [641, 640, 128],
      [1279, 97, 256],
      [50, 1025, 128],
    ] as const) {
      const tiles = planTiles(w, h, { tilePx, overlapPx: 16, even: true });
      for (const [from, size, length] of [
        ["x", "width", w],
        ["y", "height", h],
      ] as const) {
        const starts = [...new Set(tiles.map((tile) => tile[from]))].sort((a, b) => a - b);
        const side = tiles[0]![size];
        expect([starts[0], side % 32, side <= tilePx]).toEqual([0, 0, true]);
        expect(starts.at(-1)! + side).toBeGreaterThanOrEqual(length);
        starts.slice(1).forEach((start, i) => {
          expect(starts[i]! + side - start).toBeGreaterThanOrEqual(16);
        });
      }
    }
  });
});

describe("sliceToTensor", () => {
  it("averages a thin line when it shrinks, and leaves the rim grey", () => {
    const picture: Picture = { width: 8, height: 4, channels: 1, data: new Uint8Array(32).fill(255) };
    for (let y = 0; y < 4; y++) picture.data[y * 8 + 3] = 0;
    const fit = letterbox(8, 4, 4);
    const tensor = sliceToTensor(picture, { x: 0, y: 0, width: 8, height: 4 }, fit);
    expect([...tensor.subarray(4, 8)].map((v) => Number(v.toFixed(2)))).toEqual([1, 0.5, 1, 1]);
    expect(tensor[0]).toBeCloseTo(114 / 255);
    expect(tensor.subarray(0, 16)).toEqual(tensor.subarray(32, 48));
  });

  it("fills one plane from a grey picture, and from no other", () => {
    const picture: Picture = {
      width: 8,
      height: 8,
      channels: 1,
      data: Uint8Array.from({ length: 64 }, (_, i) => i),
    };
    for (const inputPx of [8, 4, 16]) {
      const slice = { x: 0, y: 0, width: 8, height: 8 };
      const fit = letterbox(8, 8, inputPx);
      const area = inputPx * inputPx;
      const one = sliceToTensor(picture, slice, fit, new Float32Array(area));
      expect(one).toEqual(sliceToTensor(picture, slice, fit).subarray(0, area));
      const colour: Picture = { ...picture, channels: 3, data: new Uint8Array(192) };
      expect(() => sliceToTensor(colour, slice, fit, new Float32Array(area))).toThrow(/shown grey/);
    }
  });

  it("puts a transparent ground on white", () => {
    const picture: Picture = { width: 2, height: 2, channels: 4, data: new Uint8Array(16) };
    const tensor = sliceToTensor(picture, { x: 0, y: 0, width: 2, height: 2 }, letterbox(2, 2, 2));
    expect([...tensor]).toEqual(new Array(12).fill(1));
  });
});

describe("sliceToTensor without scaling", () => {
  it("is the same as resampling by a factor that rounds to one", () => {
    for (const channels of [1, 3] as const) {
      const data = Uint8Array.from({ length: 40 * 30 * channels }, (_, i) => (i * 73) % 256);
      const picture = { width: 40, height: 30, channels, data };
      const slice = { x: 7, y: 5, width: 16, height: 16 };
      const copied = sliceToTensor(picture, slice, { scale: 1, padX: 0, padY: 0, inputPx: 16 });
      const sampled = sliceToTensor(picture, slice, { scale: 1 + 1e-12, padX: 0, padY: 0, inputPx: 16 });
      copied.forEach((value, i) => {
        expect(value).toBeCloseTo(sampled[i]!, 5);
      });
    }
  });
});

describe("createTileBlender", () => {
  it("gives back the class image its tiles were cut from, blended over the overlap", () => {
    const [width, height, classes] = [150, 131, 3];
    const truth = (x: number, y: number) => (Math.floor(x / 37) + Math.floor(y / 29)) % classes;
    const tiles = planTiles(width, height, { tilePx: 64, overlapPx: 16 });
    const blender = createTileBlender({ widthPx: width, heightPx: height, classes, overlapPx: 16, tiles });
    for (const tile of tiles) {
      const planes = new Float32Array(tile.width * tile.height * classes);
      for (let y = 0; y < tile.height; y++)
        for (let x = 0; x < tile.width; x++)
          planes[truth(tile.x + x, tile.y + y) * tile.width * tile.height + y * tile.width + x] = 4;
      blender.add(tile, planes);
    }
    const { classIndex, confidence } = blender.finish();
    let wrong = 0;
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) if (classIndex.data[y * width + x] !== truth(x, y)) wrong++;
    expect(wrong).toBe(0);
    expect(confidence.data[0]).toBe(Math.round((255 * Math.exp(4)) / (Math.exp(4) + 2)));
  });

  it("gives the same as averaging every pixel's scores over all tiles, however they lie", () => {
    const [width, height, classes, overlapPx] = [150, 131, 6, 16];
    const tiles = planTiles(width, height, { tilePx: 64, overlapPx }).filter((_, t) => t !== 4);
    const { width: w, height: h } = tiles[0]!;
    const labels = Uint8Array.of(0, 3, 0, 1, 2, 7);
    const window = blendWindow(w, h, overlapPx);
    const blender = createTileBlender({
      widthPx: width,
      heightPx: height,
      classes,
      overlapPx,
      tiles,
      labels,
    });
    const sums = Array.from({ length: width * height }, () => new Float32Array(classes));
    const reused = new Float32Array(w * h * classes);
    tiles.forEach((tile, t) => {
      for (let i = 0; i < reused.length; i++) reused[i] = ((i * 7919 + t * 31) % 101) / 20;
      blender.add(tile, reused);
      for (let y = 0; y < h && tile.y + y < height; y++)
        for (let x = 0; x < w && tile.x + x < width; x++)
          for (let k = 0; k < classes; k++)
            sums[(tile.y + y) * width + tile.x + x]![k]! += window[y * w + x]! * reused[(k * h + y) * w + x]!;
    });
    const { classIndex, confidence } = blender.finish();
    expect([...classIndex.data]).toEqual(sums.map((sum) => labels[sum.indexOf(Math.max(...sum))]));
    // Nobody asks how sure ground is.
    classIndex.data.forEach((label, i) => {
      if (confidence.data[i]! > 0 !== label > 0)
        throw new Error(`pixel ${i}: ${confidence.data[i]} for class ${label}`);
    });
  });

  it("lets the tile that sees a pixel in its middle outvote the tile that sees it at its rim", () => {
    const tiles = [0, 32].map((x) => ({ x, y: 0, width: 64, height: 32 }));
    const blender = createTileBlender({
      widthPx: 96,
      heightPx: 32,
      classes: 2,
      overlapPx: 32,
      activation: "none",
      tiles,
    });
    const planes = (first: number) =>
      Float32Array.from({ length: 2 * 64 * 32 }, (_, i) => (i < 64 * 32 ? first : 1 - first));
    blender.add(tiles[0]!, planes(0.9));
    blender.add(tiles[1]!, planes(0.1));
    const row = blender.finish().classIndex.data.subarray(16 * 96, 17 * 96);
    expect(row[36]).toBe(0);
    expect(row[60]).toBe(1);
  });

  it("refuses tiles that come out of order", () => {
    const tiles = planTiles(64, 128, { tilePx: 64, overlapPx: 0 });
    const blender = createTileBlender({ widthPx: 64, heightPx: 128, classes: 1, overlapPx: 0, tiles });
    expect(() => blender.add(tiles[1]!, new Float32Array(4096))).toThrow(/out of order; expected 0, 0/);
    expect(() => blender.add(tiles[0]!, new Float32Array(4095))).toThrow(/needs 4096 values, got 4095/);
  });
});

describe("tileToTensor", () => {
  it("pads with white beyond the sheet", () => {
    const sheet: Raster = { width: 2, height: 1, data: Uint8Array.of(0, 51) };
    const tensor = tileToTensor(sheet, { x: 0, y: 0, width: 3, height: 2 });
    expect([...tensor].map((v) => Number(v.toFixed(2)))).toEqual([0, 0.2, 1, 1, 1, 1]);
  });
});
