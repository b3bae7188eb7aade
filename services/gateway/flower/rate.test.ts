import { expect, test } from "vitest";
import { perMinute } from "./rate.ts";

test("a rate is per second unless it says otherwise, and zero lifts the limit", () => {
  expect(["200", "10/s", "30/m", "120/h", "0", "0.5"].map(perMinute)).toEqual([12_000, 600, 30, 2, null, 30]);
});

test("what is no rate is refused", () => {
  for (const text of ["", "fast", "10/d", "-1", "1e9"])
    expect(() => perMinute(text)).toThrow(expect.objectContaining({ code: "BAD_REQUEST" }));
});
