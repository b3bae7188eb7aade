import { expect, test } from "vitest";
import { bar, bytes, cut, duration, parseDuration } from "./format.ts";

test("durations and sizes read as people say them", () => {
  expect([0, 950, 4_200, 185_000, 7_800_000, 5 * 86_400_000].map(duration)).toEqual([
    "0 ms",
    "950 ms",
    "4.2 s",
    "3 min 5 s",
    "2 h 10 min",
    "5 d",
  ]);
  expect(duration(null)).toBe("–");
  expect([0, 999, 1_400, 20_000_000, 123_456_789].map(bytes)).toEqual([
    "0 B",
    "999 B",
    "1.4 kB",
    "20.0 MB",
    "123 MB",
  ]);
});

test("a bar is full at one and empty at nothing, and never longer than asked", () => {
  expect([0, 0.5, 1, 7].map((fraction) => bar(fraction, 4))).toEqual(["░░░░", "██░░", "████", "████"]);
  expect(cut("abcdef", 4)).toBe("abc…");
});

test("durations are read back from what people type", () => {
  expect(["90s", "1.5h", "500ms", "15 min"].map(parseDuration)).toEqual([90_000, 5_400_000, 500, 900_000]);
  expect(["", "5", "x", "-3s"].map(parseDuration)).toEqual([undefined, undefined, undefined, undefined]);
});
