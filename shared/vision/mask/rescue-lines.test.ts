import { describe, expect, it } from "vitest";
import { rescueLines } from "./rescue-lines.ts";

/** `-` process (1), `=` dashed (2), `s` symbol (7), `b` border (8), `N` symbol ink where a symbol is known to be. */
const CODES: Record<string, number> = { ".": 0, "-": 1, "=": 2, s: 7, b: 8, N: 7 };

function rescue(rows: string[], lineWidthPx = 1): string[] {
  const width = rows[0]!.length;
  const cells = [...rows.join("")];
  const symbols = { width, height: rows.length, data: Uint8Array.from(cells, (c) => (c === "N" ? 1 : 0)) };
  const classIndex = { width, height: rows.length, data: Uint8Array.from(cells, (c) => CODES[c]!) };
  const { data } = rescueLines(classIndex, symbols, { lineWidthPx, lines: [1, 2], symbol: 7, border: 8 });
  return rows.map((row, y) =>
    [...row].map((c, x) => (c === "N" ? c : ".-=....sb"[data[y * width + x]!]!)).join(""),
  );
}

describe("stretches of a line taken for something else", () => {
  it("go back to the line they continue, with its class", () => {
    expect(rescue(["...............", "---sssssss-----", "..............."])).toEqual([
      "...............",
      "---------------",
      "...............",
    ]);
    expect(rescue(["=====bbbb======"])).toEqual(["==============="]);
  });

  it("go back when they lead from a line to a symbol", () => {
    expect(rescue(["----sssssssNNN"])).toEqual(["-----------NNN"]);
  });

  it("stay when they end in the open, or lie between two symbols only", () => {
    expect(rescue(["---sssssss....."])).toEqual(["---sssssss....."]);
    expect(rescue(["NNNsssssssNNN"])).toEqual(["NNNsssssssNNN"]);
  });

  it("stay when they enclose something: a frame, a symbol nobody found", () => {
    const box = [
      "......ssssssss......",
      "......s......s......",
      "------s......s------",
      "......s......s......",
      "......ssssssss......",
    ];
    expect(rescue(box)).toEqual(box);
  });

  it("go back to the frame when most of what they are connected with is one", () => {
    const frame = ["bbbbb--bbb", "b........b", "b........-", "bbbbbbbbbb"];
    expect(rescue(frame)).toEqual(frame.map((row) => row.replaceAll("-", "b")));
    expect(rescue(["NN--bbbbbbb--"])).toEqual(["NN-----------"]);
  });

  it("may be border ink that ends in the open, in a whole of lines and symbols", () => {
    expect(rescue(["NN---bbbbbbbb...."])).toEqual(["NN-----------...."]);
    const framed = [...Array(3).fill("NN-bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb....")];
    expect(rescue([framed[0]!])).toEqual([framed[0]]);
  });

  it("may carry a flange: thickness at half of the places decides", () => {
    const rows = ["......s......", "----sssss-NNN", "......s......"];
    expect(rescue(rows)[1]).toBe("----------NNN");
  });

  it("may run at a slant", () => {
    const rows = ["--............", "..ss..........", "....ss........", "......ss......", "........------"];
    expect(rescue(rows)).toEqual(rows.map((row) => row.replaceAll("s", "-")));
  });

  it("stay with the revision cloud they are an arc of", () => {
    const cloud = [
      "..............bbb...bbb..............",
      ".............b...b.b...b.............",
      "NN----------b.....b.....b----------NN",
    ];
    expect(rescue(cloud)).toEqual(cloud);
  });

  it("are left alone when no line width is known", () => {
    expect(rescue(["---sssssss-----"], 0)).toEqual(["---sssssss-----"]);
  });
});
