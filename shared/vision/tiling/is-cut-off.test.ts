import { describe, expect, it } from "vitest";
import { isCutOff } from "./is-cut-off.ts";

describe("a claim at the border of its slice", () => {
  const sheet = { width: 1000, height: 600 };
  const slice = { x: 400, y: 0, width: 400, height: 400 };
  const cut = (box: [number, number, number, number]) => isCutOff(box, slice, sheet, 80);

  it("is a piece when the neighbour sees all of it", () => {
    expect(cut([400, 100, 30, 40])).toBe(true);
    expect(cut([780, 100, 20, 40])).toBe(true);
    expect(cut([500, 370, 40, 30])).toBe(true);
  });

  it("is kept when it reaches further than the slices overlap: no slice sees it whole", () => {
    expect(cut([400, 100, 120, 40])).toBe(false);
    expect(cut([500, 250, 40, 150])).toBe(false);
  });

  it("is whole at a border of the sheet, and inside", () => {
    expect(cut([500, 0, 40, 30])).toBe(false);
    expect(cut([405, 100, 30, 40])).toBe(false);
    expect(isCutOff([0, 0, 20, 20], { x: 0, y: 0, width: 400, height: 400 }, sheet, 80)).toBe(false);
  });
});
