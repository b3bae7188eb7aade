import { describe, expect, it } from "vitest";
import { enlargeNearest } from "./enlarge-nearest.ts";

describe("enlarging class indexes", () => {
  it("repeats pixels and invents none", () => {
    const image = { width: 2, height: 2, data: Uint8Array.of(1, 7, 0, 3) };
    expect([...enlargeNearest(image, 4, 3).data]).toEqual([1, 1, 7, 7, 0, 0, 3, 3, 0, 0, 3, 3]);
    expect([...enlargeNearest(image, 2, 2).data]).toEqual([1, 7, 0, 3]);
  });
});
