import { expect, it } from "vitest";
import { ratesOf } from "./rates.ts";

const point = (at: number, succeeded: number) => ({ at, succeeded, failed: 0, retried: 0 });

it("turns counts of slots into rates, the last one over the part of it that is past, apart from the others", () => {
  const points = [point(0, 60), point(60_000, 120), point(120_000, 10)];
  const { times, succeeded } = ratesOf({ at: 130_000, series: { stepMs: 60_000, points } });
  expect(times).toEqual([0, 60_000, 120_000]);
  expect(succeeded.full).toEqual([1, 2, null]);
  expect(succeeded.filling).toEqual([null, 2, 1]);
});

it("calls one task in the first milliseconds of a slot no thousand a second", () => {
  const { succeeded } = ratesOf({
    at: 60_001,
    series: { stepMs: 60_000, points: [point(0, 0), point(60_000, 1)] },
  });
  expect(succeeded.filling.at(-1)).toBe(0.5);
});

it("has no line for an empty series", () => {
  expect(ratesOf({ at: 5, series: { stepMs: 1, points: [] } }).times).toEqual([]);
});
