import { expect, test } from "vitest";
import type { Point } from "#shared/messages";
import { arrowHead } from "./arrow-head.ts";
import { hopOver } from "./hop-over.ts";
import { lineMarks } from "./line-marks.ts";
import { lengthPx, placeAlong } from "./place-along.ts";

const corner: Point[] = [
  [0, 0],
  [10, 0],
  [10, 0],
  [10, 20],
];

test("measures and walks a line round its corner, past a repeated point", () => {
  expect(lengthPx(corner)).toBe(30);
  expect(placeAlong(corner, [5, 20, 31])).toEqual([
    { at: [5, 0], along: [1, 0] },
    { at: [10, 10], along: [0, 1] },
  ]);
});

test("points the arrow the way the fluid goes", () => {
  const points: Point[] = [
    [0, 0],
    [100, 0],
  ];
  expect(arrowHead({ points, direction: "forward" }, 20)).toEqual([
    [60, 0],
    [40, 8],
    [40, -8],
  ]);
  expect(arrowHead({ points, direction: "backward" }, 20)?.[0]).toEqual([40, 0]);
  expect(arrowHead({ points, direction: null }, 20)).toBeUndefined();
  expect(arrowHead({ points: [points[0]!, points[0]!], direction: "forward" }, 20)).toBeUndefined();
});

test("marks pneumatic and capillary lines, at least once, and no others", () => {
  const points: Point[] = [
    [0, 0],
    [160, 0],
  ];
  expect(lineMarks({ points, style: "double-slash", direction: null }, 10)).toHaveLength(2 * 2);
  expect(lineMarks({ points, style: "x-marked", direction: null }, 1000)).toHaveLength(2);
  expect(lineMarks({ points, style: "dashed", direction: null }, 10)).toEqual([]);
});

test("keeps marks clear of the arrow", () => {
  const points: Point[] = [
    [0, 0],
    [100, 0],
  ];
  const middles = lineMarks({ points, style: "x-marked", direction: "forward" }, 10).map(
    ([[a], [b]]) => (a + b) / 2,
  );
  expect(middles).toEqual([20, 20]);
});

test("puts the arrow on the longest straight piece", () => {
  expect(arrowHead({ points: corner, direction: "forward" }, 4)?.[0]).toEqual([10, 12]);
});

test("hops over the line below, bulging up whichever way it runs", () => {
  const level: Point[] = [
    [0, 0],
    [100, 0],
  ];
  const hop = hopOver(level, [50, 0], 10);
  expect(hop).toHaveLength(11);
  expect(Math.min(...hop.map(([, y]) => y))).toBeCloseTo(-10);
  expect(Math.min(...hopOver([level[1]!, level[0]!], [50, 0], 10).map(([, y]) => y))).toBeCloseTo(-10);
});

test("leaves a line alone whose own points already jump, or that ends too near", () => {
  const traced: Point[] = [
    [0, 0],
    [45, 0],
    [50, -10],
    [55, 0],
    [100, 0],
  ];
  expect(hopOver(traced, [50, 0], 10)).toEqual(traced);
  expect(hopOver(traced, [3, 0], 10)).toEqual(traced);
});
