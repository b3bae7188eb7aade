import { expect, test } from "vitest";
import { Throttle } from "./throttle.ts";

test("five wrong secrets are free, then each try waits twice as long, up to a minute", () => {
  let now = 1_000_000;
  const throttle = new Throttle(() => now);
  for (let i = 0; i < 4; i++) throttle.failed("anna");
  expect(throttle.waitMs("anna")).toBe(0);
  throttle.failed("anna");
  expect(throttle.waitMs("anna")).toBe(1_000);
  throttle.failed("anna");
  expect(throttle.waitMs("anna")).toBe(2_000);
  for (let i = 0; i < 20; i++) throttle.failed("anna");
  expect(throttle.waitMs("anna")).toBe(60_000);
  expect(throttle.waitMs("bob")).toBe(0);
  now += 59_000;
  expect(throttle.waitMs("anna")).toBe(1_000);
});

test("the right secret, or a quarter of an hour of peace, wipes the slate clean", () => {
  let now = 1_000_000;
  const throttle = new Throttle(() => now);
  for (let i = 0; i < 9; i++) throttle.failed("anna");
  throttle.succeeded("anna");
  expect(throttle.waitMs("anna")).toBe(0);
  for (let i = 0; i < 9; i++) throttle.failed("anna");
  now += 15 * 60_000 + 1;
  expect(throttle.waitMs("anna")).toBe(0);
  throttle.failed("anna");
  expect(throttle.waitMs("anna")).toBe(0);
});
