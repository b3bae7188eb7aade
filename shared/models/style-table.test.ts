import { describe, expect, it } from "vitest";
import { STYLE_CLASSES } from "#shared/messages";
import { styleTable } from "./style-table.ts";

describe("classes of a segmenter", () => {
  const head = (names: string[]) => [...styleTable(names, "m.onnx").subarray(0, Math.max(2, names.length))];

  it("are kept when they are ours, in either spelling", () => {
    expect(head([...STYLE_CLASSES])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(head(STYLE_CLASSES.map((name) => name.replace("-", "_")))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it("are told by their names when they are another's", () => {
    expect(head(["text", "Pipe", "ground", "signal line"])).toEqual([6, 1, 0, 2]);
    expect(head([])).toEqual([0, 1]);
    expect(head(["pipe"])).toEqual([0, 1]);
  });

  it("must hold a line", () => {
    expect(() => styleTable(["cat", "dog"], "m.onnx")).toThrow(
      /m\.onnx: none of its classes cat, dog is a line/,
    );
  });
});
