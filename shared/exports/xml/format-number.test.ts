import { expect, test } from "vitest";
import { formatNumber } from "./format-number.ts";

test.each([
  [1, "1"],
  [1.005, "1"],
  [1.239, "1.24"],
  [-0.001, "0"],
  [Number.NaN, "0"],
  [Number.POSITIVE_INFINITY, "0"],
  [1e300, "1e+300"],
])("writes %s as %s", (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

test("keeps as many decimals as asked", () => {
  expect(formatNumber(1.23456, 4)).toBe("1.2346");
});
