import { describe, expect, it } from "vitest";
import { maskOf } from "../geometry/ascii-mask.ts";
import { simplifyPolyline, traceSkeleton } from "./index.ts";
import { pathDirection } from "./path-direction.ts";

describe("traceSkeleton", () => {
  it("finds the ends and the branches of a tee", () => {
    const { knots, branches } = traceSkeleton(
      maskOf([".......", "###.###", "...#...", "...#...", "...#..."]),
    );
    expect(branches).toHaveLength(3);
    expect(knots.map((k) => k.ends.length).sort()).toEqual([1, 1, 1, 3]);
    const junction = knots.find((k) => k.ends.length === 3)!;
    expect([junction.x, junction.y]).toEqual([3, 2]);
  });

  it("gives a plus one knot with four arms", () => {
    const { knots, branches } = traceSkeleton(
      maskOf(["...#...", "...#...", "...#...", "#######", "...#...", "...#...", "...#..."]),
    );
    expect(branches).toHaveLength(4);
    expect(knots.filter((k) => k.ends.length === 4).map((k) => [k.x, k.y])).toEqual([[3, 3]]);
  });

  it("follows a closed loop without a critical point once", () => {
    const { knots, branches } = traceSkeleton(maskOf([".##.", "#..#", "#..#", ".##."]));
    expect(knots).toHaveLength(0);
    expect(branches).toHaveLength(1);
    expect(branches[0]!.from).toBe(-1);
    expect(branches[0]!.length).toBeCloseTo(4 + 4 * Math.SQRT2);
  });

  it("keeps a lone dot and a pair of pixels as knots without branches", () => {
    const { knots, branches } = traceSkeleton(maskOf(["#....", "...##"]));
    expect(branches).toHaveLength(0);
    expect(knots.map((k) => [k.x, k.y])).toEqual([
      [0, 0],
      [3.5, 1],
    ]);
  });

  it("visits every pixel and leaves the mask as it was", () => {
    const mask = maskOf(["#.#..#", ".#..#.", "#.##..", "....#."]);
    const before = mask.data.slice();
    const { knots, branches } = traceSkeleton(mask);
    const seen = new Set<number>();
    for (const k of knots) for (const p of k.pixels) seen.add((Math.floor(p / 8) - 1) * 6 + (p % 8) - 1);
    for (const b of branches)
      for (let i = 0; i < b.points.length; i += 2) seen.add(b.points[i + 1]! * 6 + b.points[i]!);
    expect(seen.size).toBe(before.reduce((a, b) => a + b, 0));
    expect(mask.data).toEqual(before);
  });
});

describe("pathDirection", () => {
  it("sees past a hook at the end", () => {
    const hooked = Int32Array.from([0, 2, 1, 1, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8, 0, 9, 0]);
    const [x, y] = pathDirection(hooked, 0, 2, 9);
    expect(x).toBeCloseTo(1, 5);
    expect(y).toBeCloseTo(0, 5);
    expect(pathDirection(hooked, 1, 0, 5)[0]).toBeCloseTo(-1, 5);
  });
});

describe("simplifyPolyline", () => {
  it("keeps the ends and the corner, and drops what lies on the line", () => {
    expect(
      simplifyPolyline(
        [
          [0, 0],
          [5, 0.4],
          [10, 0],
          [10, 4],
          [10.3, 9],
          [10, 20],
        ],
        1,
      ),
    ).toEqual([
      [0, 0],
      [10, 0],
      [10, 20],
    ]);
  });
});
