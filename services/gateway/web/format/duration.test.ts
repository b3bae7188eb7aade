import { expect, it } from "vitest";
import { brief, coarse, duration } from "./duration.ts";

it("tells a duration in the units people think in", () => {
  const told: [number, string][] = [
    [0, "0 ms"],
    [99, "99 ms"],
    [100, "0.1 s"],
    [9_940, "9.9 s"],
    [9_960, "10 s"],
    [59_400, "59 s"],
    [60_000, "1 min"],
    [200_000, "3 min 20 s"],
    [3_599_900, "1 h"],
    [7_500_000, "2 h 5 min"],
    [86_399_999, "1 d"],
    [270_000_000, "3 d 3 h"],
  ];
  for (const [ms, text] of told) expect(duration(ms), String(ms)).toBe(text);
});

it("tells nothing of what is not known", () => {
  expect([duration(null), duration(undefined), duration(Number.NaN), brief(null)]).toEqual([
    "–",
    "–",
    "–",
    "–",
  ]);
});

it("tells a duration with one unit where there is little room", () => {
  expect([1_500, 59_499, 90_000, 3_569_999, 3_570_000, 43_200_000, 172_800_000].map(brief)).toEqual([
    "1.5 s",
    "59 s",
    "1.5 min",
    "59 min",
    "1.0 h",
    "12 h",
    "2.0 d",
  ]);
  expect([-5, 59_999, 60_000, 3_600_000, 90_000_000].map(coarse)).toEqual([
    "0 s",
    "59 s",
    "1 min",
    "1 h",
    "1 d",
  ]);
});
