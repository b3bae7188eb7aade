import { expect, test } from "vitest";
import { logLine, StoredLogLine } from "./log-line.ts";

test("a line keeps time, level, message and fields", () => {
  const line = logLine("warn", "slow", { ms: 7 });
  expect(StoredLogLine.parse(line)).toEqual({
    at: line.at,
    level: "warn",
    message: "slow",
    fields: { ms: 7 },
  });
  expect(Math.abs(Date.now() - line.at)).toBeLessThan(60_000);
  expect(logLine("info", "x")).not.toHaveProperty("fields");
});

test("fields too long, or no data at all, become text", () => {
  const long = logLine("info", "x".repeat(5000), { all: "y".repeat(5000) });
  expect(long.message).toHaveLength(1000);
  expect(JSON.stringify(long).length).toBeLessThan(2300);
  const loop: Record<string, unknown> = {};
  loop.loop = loop;
  expect(logLine("info", "x", loop).fields).toHaveProperty("unreadable");
});

test("lines stored as text before lines had fields are read", () => {
  expect(StoredLogLine.parse('2026-01-02T03:04:05.006Z info page 2 {"of":3}')).toEqual({
    at: Date.UTC(2026, 0, 2, 3, 4, 5, 6),
    level: "info",
    message: "page 2",
    fields: { of: 3 },
  });
  expect(StoredLogLine.parse('2026-01-02T03:04:05.006Z warn cut {"of":')).toMatchObject({
    message: 'cut {"of":',
  });
  expect(StoredLogLine.parse("anything")).toEqual({ at: 0, level: "info", message: "anything" });
});
