import { describe, expect, it } from "vitest";
import { maskOf, rowsOf } from "../geometry/ascii-mask.ts";
import { foreground, pad, unpad } from "../geometry/padded.ts";
import { smoothBorder } from "./smooth-border.ts";

function smooth(rows: string[]): string[] {
  const field = pad(maskOf(rows));
  const pixels = smoothBorder(field, foreground(field));
  expect([...pixels].sort((a, b) => a - b)).toEqual([...foreground(field)]);
  return rowsOf(unpad(field));
}

describe("smoothBorder", () => {
  it("fills notches and takes off bumps", () => {
    expect(smooth(["....#.....", "##########", "##########", "#######.##", ".........."])).toEqual([
      "..........",
      "##########",
      "##########",
      "##########",
      "..........",
    ]);
  });

  it("leaves lines of one pixel, square ends and gaps alone", () => {
    for (const rows of [
      ["..........", "#########.", "..........", ".........."],
      ["..........", ".#######..", ".#######..", ".........."],
      ["..........", "####..####", "####..####", ".........."],
      ["#.........", ".#........", "..#.......", "...#......"],
    ])
      expect(smooth(rows)).toEqual(rows);
  });
});
