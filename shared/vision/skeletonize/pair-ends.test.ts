import { describe, expect, it } from "vitest";
import { createBoxGrid } from "../geometry/box-grid.ts";
import type { LineEnd } from "./line-ends.ts";
import { pairEnds } from "./pair-ends.ts";

const UNIT_PX = 4;
const COVERS = { boxes: [], grid: createBoxGrid([]) };

/** Two ends that face each other across `gap` px, of pieces of these lengths. */
function facing(gap: number, lengthPx: number, loose = false): LineEnd[] {
  const end = { y: 50, uy: 0, lengthPx, loose, other: -1 };
  return [
    { ...end, x: 100, ux: 1, piece: 0 },
    { ...end, x: 100 + gap, ux: -1, piece: 1 },
  ];
}

const pairs = (ends: LineEnd[]) =>
  pairEnds(ends, Uint8Array.of(1, 1), UNIT_PX, COVERS, () => ({ node: false, lines: 0 }));

describe("pairEnds", () => {
  it("does not join the bars of flanges on neighbouring pipes: short stubs far apart", () => {
    expect(pairs(facing(20, 5))).toEqual([]);
  });

  it.each([
    ["stubs with more of the line to be seen", 20, 14, false],
    ["stubs close together", 12, 5, false],
    ["dashes", 20, 16, true],
    ["long lines", 20, 200, false],
  ])("joins %s", (_what, gap, lengthPx, loose) => {
    expect(pairs(facing(gap, lengthPx, loose))).toEqual([[0, 1]]);
  });
});
