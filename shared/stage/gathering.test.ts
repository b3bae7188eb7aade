import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Gathering } from "./gathering.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("calls all who asked together, once, when the first has waited", () => {
  const gathering = new Gathering(25);
  const calls: string[] = [];
  const a = () => calls.push("a");
  const b = () => calls.push("b");
  gathering.ask(a);
  vi.advanceTimersByTime(20);
  gathering.ask(b);
  gathering.ask(a);
  expect(calls).toEqual([]);
  vi.advanceTimersByTime(5);
  expect(calls).toEqual(["a", "b"]);
  vi.advanceTimersByTime(100);
  expect(calls).toEqual(["a", "b"]);
  gathering.ask(b);
  vi.advanceTimersByTime(25);
  expect(calls).toEqual(["a", "b", "b"]);
});

it("does not call who took it back, and keeps no timer for nobody", () => {
  const gathering = new Gathering(25);
  const calls: string[] = [];
  const a = () => calls.push("a");
  gathering.ask(a);
  gathering.forget(a);
  expect(vi.getTimerCount()).toBe(0);
  gathering.ask(a);
  vi.advanceTimersByTime(25);
  expect(calls).toEqual(["a"]);
});
