import { describe, expect, it } from "vitest";
import type { Detection } from "./detection.ts";
import { decodeDetections, detectLayout, mergeDetections } from "./index.ts";

describe("decodeDetections", () => {
  it("reads one box alike from the three layouts", () => {
    const expected = [[{ bbox: [10, 20, 30, 40], score: 0.8, classIndex: 1 }]];
    const round = (lists: Detection[][]) =>
      lists.map((l) => l.map((d) => ({ ...d, score: Number(d.score.toFixed(4)) })));

    const v5 = new Float32Array(2000 * 8);
    v5.set([25, 40, 30, 40, 1, 0.1, 0.8, 0.2], 5 * 8);
    expect(round(decodeDetections(v5, [1, 2000, 8]))).toEqual(expected);

    const v8 = new Float32Array(7 * 2000);
    [25, 40, 30, 40, 0.1, 0.8, 0.2].forEach((v, f) => {
      v8[f * 2000 + 5] = v;
    });
    expect(round(decodeDetections(v8, [1, 7, 2000]))).toEqual(expected);

    const e2e = new Float32Array(300 * 6);
    e2e.set([10, 20, 40, 60, 0.8, 1]);
    expect(round(decodeDetections(e2e, [1, 300, 6]))).toEqual(expected);
  });

  it("keeps the pictures of a batch apart", () => {
    const data = new Float32Array(2 * 300 * 6);
    data.set([0, 0, 5, 5, 0.9, 0], 300 * 6);
    expect(decodeDetections(data, [2, 300, 6]).map((l) => l.length)).toEqual([0, 1]);
  });

  it("multiplies objectness into a YOLOv5 score and drops what falls below the threshold", () => {
    const data = new Float32Array(1200 * 6);
    data.set([5, 5, 2, 2, 0.5, 0.4], 0);
    data.set([5, 5, 2, 2, 0.9, 0.9], 6);
    expect(decodeDetections(data, [1, 1200, 6])[0]!.map((d) => d.score)).toEqual([expect.closeTo(0.81)]);
  });

  it("scales coordinates given as shares of the input", () => {
    const data = new Float32Array(300 * 6);
    data.set([0.25, 0.5, 0.75, 1, 0.9, 2]);
    expect(decodeDetections(data, [1, 300, 6], { inputPx: 640 })[0]![0]!.bbox).toEqual([160, 320, 320, 320]);
  });
});

describe("detectLayout", () => {
  it("settles a transposed YOLOv8 output and a one-class YOLOv5 by the number of classes", () => {
    expect(detectLayout([1, 8400, 44], 40)).toBe("yolov8-transposed");
    expect(detectLayout([1, 8400, 45], 40)).toBe("yolov5");
    expect(detectLayout([1, 25200, 6], 1)).toBe("yolov5");
    expect(detectLayout([1, 3000, 6], 40, true)).toBe("end-to-end");
  });

  it("names the shapes it would take when none fits", () => {
    expect(() => detectLayout([1, 10, 8400], 40)).toThrow("[B,44,N]");
  });
});

describe("mergeDetections", () => {
  const at = (x: number, y: number, w: number, h: number, score: number, classIndex = 0): Detection => ({
    bbox: [x, y, w, h],
    score,
    classIndex,
  });

  it("makes a symbol that a slice border cut whole again", () => {
    expect(mergeDetections([at(0, 0, 30, 20, 0.9), at(12, 0, 36, 20, 0.7)])).toEqual([at(0, 0, 48, 20, 0.9)]);
  });

  it("leaves overlapping claims of different classes alone without families", () => {
    expect(mergeDetections([at(0, 0, 20, 20, 0.9, 0), at(1, 0, 20, 20, 0.8, 1)])).toHaveLength(2);
  });

  it("keeps the surest of two guesses on one valve, with its box", () => {
    const merged = mergeDetections([at(0, 0, 20, 20, 0.6, 0), at(1, 0, 22, 20, 0.8, 1)], {
      familyOf: () => "valve",
    });
    expect(merged).toEqual([at(1, 0, 22, 20, 0.8, 1)]);
  });

  it("does not let a reducer swallow the flange beside it", () => {
    const merged = mergeDetections([at(0, 0, 40, 30, 0.9, 0), at(37, 0, 5, 30, 0.8, 1)], {
      familyOf: () => "fitting",
    });
    expect(merged).toHaveLength(2);
  });

  it("does not snowball along a row of touching symbols", () => {
    const row = Array.from({ length: 6 }, (_, i) => at(i * 12, 0, 20, 20, 0.9 - i * 0.01));
    expect(mergeDetections(row).length).toBeGreaterThan(1);
  });

  it("gives the same result whatever the order of the claims", () => {
    const claims = [
      at(0, 0, 30, 20, 0.9),
      at(12, 0, 36, 20, 0.7),
      at(200, 5, 9, 9, 0.3),
      at(201, 5, 9, 9, 0.5),
    ];
    expect(mergeDetections([...claims].reverse())).toEqual(mergeDetections(claims));
  });
});
