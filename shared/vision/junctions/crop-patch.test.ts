import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { cropPatch } from "./crop-patch.ts";

interface Golden {
  width: number;
  height: number;
  cuts: { at: [number, number]; lineWidthPx: number; sum: number; diagonal: number[] }[];
}

describe("the junction patch", () => {
  const golden: Golden = JSON.parse(readFileSync("test/fixtures/patches/patches.json", "utf8"));
  const { width, height } = golden;
  const data = Uint8Array.from({ length: width * height }, (_, i) => (i * 37 + (i >> 3) * 11) % 256);

  for (const { at, lineWidthPx, sum, diagonal } of golden.cuts)
    it(`at ${at} with lines of ${lineWidthPx} px is what the trainer cuts`, () => {
      const patch = cropPatch({ width, height, data }, at, 12 * Math.max(1, lineWidthPx));
      expect(Math.abs(patch.reduce((a, b) => a + b, 0) - sum)).toBeLessThan(0.01);
      diagonal.forEach((value, i) => {
        expect(patch[i * 49]).toBeCloseTo(value, 4);
      });
    });

  it("fills its place of a batch and nothing else", () => {
    const batch = new Float32Array(3 * 48 * 48).fill(7);
    cropPatch({ width, height, data }, [45, 35], 48, 48, batch, 48 * 48);
    expect(batch.subarray(0, 48 * 48).every((v) => v === 7)).toBe(true);
    expect(batch.subarray(48 * 48, 2 * 48 * 48).every((v) => v >= 0 && v <= 1)).toBe(true);
    expect(batch.subarray(2 * 48 * 48).every((v) => v === 7)).toBe(true);
  });
});
