import { describe, expect, it } from "vitest";
import { maskOf } from "../geometry/ascii-mask.ts";
import { regionBoxes } from "./region-boxes.ts";

describe("boxes around clusters of ink", () => {
  const mask = maskOf([
    "..............",
    ".##.#.......##",
    ".#..#.......##",
    "..............",
    "..............",
    "..............",
    ".......#......",
  ]);

  it("take letters close together as one, and are tight", () => {
    expect(regionBoxes(mask, { cellPx: 2, minPx: 2 })).toEqual([
      [1, 1, 4, 2],
      [12, 1, 2, 2],
    ]);
  });

  it("leave out specks", () => {
    expect(regionBoxes(mask, { cellPx: 2, minPx: 1 })).toContainEqual([7, 6, 1, 1]);
    expect(regionBoxes(mask, { cellPx: 2, minPx: 5 })).toEqual([[1, 1, 4, 2]]);
  });
});
