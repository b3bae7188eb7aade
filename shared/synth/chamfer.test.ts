import { describe, expect, it } from "vitest";
import { chamferCorners } from "./chamfer.ts";
import type { Plan, PlanEdge } from "./types.ts";

const planOf = (points: [number, number][], chamfer: number): Plan =>
  ({ grid: { cell: 40 }, drafting: { chamfer }, edges: [{ points } as PlanEdge] }) as Plan;

describe("chamferCorners", () => {
  it("replaces a corner by two points at the same distance from it", () => {
    const plan = planOf(
      [
        [0, 0],
        [100, 0],
        [100, 100],
      ],
      0.25,
    );
    chamferCorners(plan);
    expect(plan.edges[0]!.points).toEqual([
      [0, 0],
      [90, 0],
      [100, 10],
      [100, 100],
    ]);
  });

  it("leaves a corner square where a run is too short, and every corner on sheets not drafted so", () => {
    const short: [number, number][] = [
      [0, 0],
      [15, 0],
      [15, 100],
    ];
    const tight = planOf([...short], 0.25);
    chamferCorners(tight);
    expect(tight.edges[0]!.points).toEqual(short);
    const square = planOf(
      [
        [0, 0],
        [100, 0],
        [100, 100],
      ],
      0,
    );
    chamferCorners(square);
    expect(square.edges[0]!.points).toHaveLength(3);
  });
});
