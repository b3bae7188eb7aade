import { describe, expect, it } from "vitest";
import { traceStrokes } from "./stroke-font.ts";

/** The strokes of a text as rows of "x,y" in sixths of a capital. */
function strokes(text: string): string[] {
  const out: string[] = [];
  traceStrokes(text, (xy) => out.push(xy.map((v) => Math.round(v * 6)).join(" ")));
  return out;
}

describe("the stroke font", () => {
  it("draws every character that sheets use, no two alike", () => {
    const chars = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.,/():\"'%+=_#&";
    const drawn = Array.from(chars, (c) => strokes(c).join("|"));
    expect(drawn.every((d) => d.length > 0)).toBe(true);
    expect(new Set(drawn).size).toBe(chars.length);
  });

  it("stands capitals on the base line, one capital high", () => {
    for (const char of "ABCDEFGHIJKLMNOPRSTUVWXYZ0123456789") {
      const ys: number[] = [];
      traceStrokes(char, (xy) => ys.push(...xy.filter((_, i) => i % 2)));
      expect(Math.max(...ys), char).toBeCloseTo(0);
      expect(Math.min(...ys), char).toBeCloseTo(-1);
    }
  });

  it("moves on by one character for each letter and draws nothing for a blank", () => {
    expect(strokes(" ")).toEqual([]);
    expect(strokes("T")).toEqual(["2 0 2 -6", "0 -6 4 -6"]);
    const shifted = strokes("TT").slice(2);
    expect(shifted.map((s) => s.split(" ").length)).toEqual([4, 4]);
    expect(Number(shifted[1]!.split(" ")[0])).toBeGreaterThan(4);
  });
});
