import { expect, it } from "vitest";
import { bytes, count, percent, rate, shortCount } from "./number.ts";

it("groups digits, and shortens only what is long", () => {
  expect([count(0), count(1234567), count(null)]).toEqual(["0", "1,234,567", "–"]);
  expect([9_999, 10_000, 123_456, 999_499, 999_500, 2_500_000].map(shortCount)).toEqual([
    "9,999",
    "10.0k",
    "123k",
    "999k",
    "1.0M",
    "2.5M",
  ]);
});

it("tells bytes in powers of a thousand", () => {
  expect([0, 999, 1_000, 99_400, 999_499, 999_500, 2.5e9].map(bytes)).toEqual([
    "0 B",
    "999 B",
    "1.0 kB",
    "99.4 kB",
    "999 kB",
    "1.0 MB",
    "2.5 GB",
  ]);
});

it("never calls a share whole while a part of it is missing, nor nothing while there is some", () => {
  expect([1, 0.99999, 0.8881, 0, 0.0001, null].map(percent)).toEqual([
    "100 %",
    "99.9 %",
    "88.8 %",
    "0.0 %",
    "<0.1 %",
    "–",
  ]);
});

it("tells a rate by the second or by the minute, whichever is a number one can read", () => {
  expect([0, 1234.4, 12, 0.44, 0.05, 0.001, 0.2, null].map(rate)).toEqual([
    "0/s",
    "1,234/s",
    "12/s",
    "0.4/s",
    "3.0/min",
    "<0.1/min",
    "0.2/s",
    "–",
  ]);
});
