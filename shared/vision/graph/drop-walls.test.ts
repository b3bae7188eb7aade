import { describe, expect, it } from "vitest";
import type { Box, Mask } from "../geometry/types.ts";
import { WorkingSkeleton } from "../skeletonize/working-skeleton.ts";
import { dropWalls } from "./drop-walls.ts";

/** A skeleton of straight lines [x0, y0, x1, y1]. */
function skeleton(...lines: [number, number, number, number][]): WorkingSkeleton {
  const empty: Mask = { width: 200, height: 100, data: new Uint8Array(200 * 100) };
  const drawn = WorkingSkeleton.from(empty);
  for (const line of lines) drawn.draw(...line);
  drawn.settle();
  return drawn;
}

const VALVE: Box = [100, 40, 30, 20];
const UNIT_PX = 4;

/** Free ends that are left, as "x,y". */
function ends(drawn: WorkingSkeleton): string[] {
  dropWalls(drawn, [VALVE], UNIT_PX);
  return drawn.trace.knots.filter((knot) => knot.ends.length === 1).map(({ x, y }) => `${x},${y}`);
}

describe("dropWalls", () => {
  it("takes the bar at a valve's end for the valve's, and leaves the line", () => {
    const left = ends(skeleton([10, 50, 97, 50], [97, 38, 97, 62]));
    expect(left).toHaveLength(2);
    expect(left).toContain("10,50");
    const end = left
      .find((at) => at !== "10,50")!
      .split(",")
      .map(Number);
    expect(Math.abs(end[0]! - 97) + Math.abs(end[1]! - 50)).toBeLessThanOrEqual(2);
  });

  it("leaves a branch that goes away from the box", () => {
    const lines = skeleton([10, 50, 97, 50], [97, 50, 97, 10], [97, 50, 97, 90]);
    expect(ends(lines)).toHaveLength(3);
  });

  it("leaves a bar that is at no symbol", () => {
    expect(ends(skeleton([10, 50, 60, 50], [60, 38, 60, 62]))).toHaveLength(3);
  });

  it("leaves a short line that ends at the symbol", () => {
    const lines = skeleton([90, 10, 90, 90], [90, 50, 98, 50]);
    expect(ends(lines)).toHaveLength(3);
  });
});
