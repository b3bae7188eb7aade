import { expect, it } from "vitest";
import type { DeclaredStage } from "../../api/types.ts";
import { layoutFlow, NODE } from "./flow-layout.ts";

const stage = (name: string, takes: string[], gives: string[]) => ({ name, takes, gives }) as DeclaredStage;

const CHAIN = [
  stage("a", ["in"], ["a.done", "in"]),
  stage("b", ["a.done"], ["b.done"]),
  stage("c", ["b.done"], ["out"]),
];

it("puts a chain into one row where the width does, and into bands where it does not", () => {
  const wide = layoutFlow(CHAIN, 3 * NODE.maxWidth + 2 * NODE.gapX);
  expect(new Set(wide.stages.map(({ y }) => y)).size).toBe(1);
  expect(wide.stages.map(({ x }) => x)).toEqual([...wide.stages.map(({ x }) => x)].sort((a, b) => a - b));
  const narrow = layoutFlow(CHAIN, 2 * NODE.minWidth + NODE.gapX);
  expect(new Set(narrow.stages.map(({ y }) => y)).size).toBe(2);
  expect(narrow.width).toBeLessThanOrEqual(2 * NODE.minWidth + NODE.gapX);
});

it("draws an edge for each message between two stages, none for a loop back to itself", () => {
  expect(layoutFlow(CHAIN, 900).edges.map(({ from, to }) => `${from}-${to}`)).toEqual(["a-b", "b-c"]);
});

it("puts stages that run side by side below each other, and their join behind them", () => {
  const fan = [
    stage("plan", ["request"], ["part"]),
    stage("heavy", ["part"], ["trained"]),
    stage("light", ["part"], ["trained"]),
    stage("join", ["trained"], ["done"]),
  ];
  const { stages, edges } = layoutFlow(fan, 2_000);
  const at = new Map(stages.map((each) => [each.stage.name, each]));
  expect(at.get("heavy")?.x).toBe(at.get("light")?.x);
  expect(at.get("heavy")?.y).not.toBe(at.get("light")?.y);
  expect(at.get("join")?.x).toBeGreaterThan(at.get("heavy")?.x ?? 0);
  expect(edges).toHaveLength(4);
});

it("never lets two stages lie on each other, whatever the width", () => {
  for (let width = 100; width < 1_500; width += 130) {
    const { stages, nodeWidth } = layoutFlow(CHAIN, width);
    for (const [i, one] of stages.entries())
      for (const other of stages.slice(i + 1))
        expect(
          Math.abs(one.x - other.x) >= nodeWidth || Math.abs(one.y - other.y) >= NODE.height,
          `${width}`,
        ).toBe(true);
  }
});
