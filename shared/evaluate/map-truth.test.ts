import { describe, expect, it } from "vitest";
import { mapMask, mapTruth, type SourceMap } from "./map-truth.ts";
import type { SheetTruth } from "./truth.ts";

describe("truth of a sheet that was straightened", () => {
  const truth: SheetTruth = {
    name: "a",
    image: "a.png",
    widthPx: 100,
    heightPx: 50,
    symbols: [{ bbox: [10, 20, 6, 4], class: "tank" }],
    classed: true,
    detailed: true,
    junctions: [{ at: [30, 10], kind: "tee" }],
    lines: [
      [
        [0, 0],
        [10, 0],
      ],
    ],
    lineWidthPx: 3,
    graph: {
      version: 1,
      sheet: { uid: "a", widthPx: 100, heightPx: 50 },
      nodes: [{ id: "n", type: "symbol", center: [13, 22], bbox: [10, 20, 6, 4] }],
      edges: [],
      crossings: [],
    },
  };

  it("is the truth itself when nothing was done", () => {
    expect(mapTruth(truth, [1, 0, 0, 0, 1, 0], 100, 50)).toBe(truth);
  });

  it("moves with the sheet, boxes by their middle", () => {
    // A quarter turn clockwise of a 100 × 50 sheet: (x, y) -> (50 - y, x).
    const turned = mapTruth(truth, [0, -1, 50, 1, 0, 0], 50, 100);
    expect(turned.symbols[0]!.bbox).toEqual([50 - 22 - 2, 13 - 3, 4, 6]);
    expect(turned.junctions![0]!.at).toEqual([40, 30]);
    expect(turned.lines).toEqual([
      [
        [50, 0],
        [50, 10],
      ],
    ]);
    expect(turned.graph!.nodes[0]!.center).toEqual([28, 13]);
    expect(turned.graph!.sheet).toEqual({ uid: "a", widthPx: 50, heightPx: 100 });
  });

  it("includes the mask, pixel by pixel", () => {
    const mask = { width: 3, height: 2, data: Uint8Array.of(1, 0, 0, 0, 0, 1) };
    const quarter: SourceMap = [0, -1, 2, 1, 0, 0];
    expect([...mapMask(mask, quarter, 2, 3).data]).toEqual([0, 1, 0, 0, 1, 0]);
    expect([...mapMask(mask, [1, 0, 1, 0, 1, 0], 3, 2).data]).toEqual([0, 1, 0, 0, 0, 0]);
  });
});
