import { expect, it } from "vitest";
import { fromInput, toInput } from "./input-time.ts";
import { absolute, clock, day, relative } from "./time.ts";

const AT = Date.UTC(2026, 10, 21, 3, 4, 5, 67);

it("tells an absolute time in UTC and says so", () => {
  expect(absolute(AT, "utc")).toBe("2026-11-21 03:04:05 UTC");
  expect(clock(AT, "utc", true)).toBe("03:04:05.067");
});

it("tells a local time as the machine's calendar has it", () => {
  const date = new Date(AT);
  expect(clock(AT, "local")).toBe(date.toTimeString().slice(0, 8));
  expect(Number(day(AT, "local").slice(8))).toBe(date.getDate());
});

it("tells how far away a time is, in both directions, and the day when it is long ago", () => {
  const away = (ms: number) => relative(AT - ms, AT, "utc");
  expect([0, 2_999, 3_000, 59_400, 59_500, 3_600_000, 86_400_000].map(away)).toEqual([
    "just now",
    "just now",
    "3 s ago",
    "59 s ago",
    "1 min ago",
    "1 h ago",
    "1 d ago",
  ]);
  expect(away(-4 * 3_600_000)).toBe("in 4 h");
  expect(away(40 * 86_400_000)).toBe("2026-10-12");
});

it("fills a time field and reads it back in either zone", () => {
  const minute = Math.floor(AT / 60_000) * 60_000;
  expect(toInput(AT, "utc")).toBe("2026-11-21T03:04");
  for (const zone of ["utc", "local"] as const) expect(fromInput(toInput(AT, zone), zone)).toBe(minute);
  expect([toInput(null, "utc"), fromInput("", "utc"), fromInput("soon", "local")]).toEqual(["", null, null]);
});
