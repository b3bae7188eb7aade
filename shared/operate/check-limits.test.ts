import { expect, test } from "vitest";
import { checkLimits } from "./check-limits.ts";

test("a soft limit after the hard one is refused with both figures", () => {
  expect(() => checkLimits({ softLimitMs: 600_000, hardLimitMs: 60_000 })).toThrow(/600000 ms .*60000 ms/);
  expect(() => checkLimits({ softLimitMs: 600_000, hardLimitMs: 60_000 })).toThrow(
    expect.objectContaining({ code: "BAD_SETTINGS" }),
  );
});

test.each([
  [{ softLimitMs: 1_000, hardLimitMs: 1_000 }],
  [{ softLimitMs: 1_000, hardLimitMs: 2_000 }],
  [{ hardLimitMs: 1 }],
  [{ softLimitMs: 9_000_000, hardLimitMs: null }],
  [{}],
])("%o may be set", (limits) => {
  expect(() => checkLimits(limits)).not.toThrow();
});
