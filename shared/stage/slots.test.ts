import { expect, it } from "vitest";
import { Slots } from "./slots.ts";

const load = (active: number, waiting: number, now = 0) => ({ active, waiting, now });

it("has the declared count until somebody says another; the last word counts", () => {
  const slots = new Slots(4);
  expect(slots.count).toBe(4);
  slots.apply({ slots: 2 });
  expect(slots.count).toBe(2);
  slots.set(7);
  expect(slots.count).toBe(7);
  slots.apply({ slots: 2, ratePerMinute: 5 });
  expect(slots.count).toBe(7);
  slots.apply({ slots: 3 });
  expect(slots.count).toBe(3);
  slots.apply({});
  expect(slots.count).toBe(4);
});

it("takes nothing while its consumer is canceled, and has what it had when it is added again", () => {
  const slots = new Slots(4);
  slots.set(7);
  slots.cancel();
  slots.apply({ slots: 3 });
  expect(slots.count).toBe(0);
  slots.resume();
  expect(slots.count).toBe(3);
  slots.bound({ min: 1, max: 6 });
  slots.cancel();
  expect(slots.adapt(load(0, 5))).toBe(false);
  slots.resume();
  expect(slots.bounds).toEqual({ min: 1, max: 6 });
  expect(slots.count).toBeGreaterThan(0);
});

it("gets its stage's slots when a consumer is added after it was shrunk to none", () => {
  const slots = new Slots(4);
  slots.set(0);
  slots.resume();
  expect(slots.count).toBe(4);
});

it("stays where it is without bounds, whatever waits", () => {
  const slots = new Slots(2);
  expect(slots.adapt(load(2, 100))).toBe(false);
  expect(slots.count).toBe(2);
});

it("grows at once to what waits, no further than the upper bound", () => {
  const slots = new Slots(1);
  slots.apply({ autoscale: { min: 1, max: 6 } });
  expect(slots.adapt(load(1, 2))).toBe(true);
  expect(slots.count).toBe(3);
  expect(slots.adapt(load(3, 50))).toBe(true);
  expect(slots.count).toBe(6);
  expect(slots.adapt(load(6, 50))).toBe(false);
});

it("shrinks only after a quiet while, no further than the lower bound", () => {
  const slots = new Slots(8);
  slots.bound({ min: 2, max: 8 });
  expect(slots.adapt(load(8, 0, 0))).toBe(false);
  expect(slots.adapt(load(1, 0, 4_000))).toBe(false);
  expect(slots.count).toBe(8);
  expect(slots.adapt(load(1, 0, 5_000))).toBe(true);
  expect(slots.count).toBe(2);
});

it("wakes from zero when something waits", () => {
  const slots = new Slots(1);
  slots.apply({ autoscale: { min: 0, max: 3 } });
  slots.adapt(load(0, 0, 10_000));
  expect(slots.count).toBe(0);
  expect(slots.adapt(load(0, 1, 10_001))).toBe(true);
  expect(slots.count).toBe(1);
});

it("stops moving when an operator says a number, until the stage's bounds are set again", () => {
  const slots = new Slots(1);
  const autoscale = { min: 1, max: 9 };
  slots.apply({ autoscale });
  slots.adapt(load(1, 5));
  slots.set(2);
  expect(slots.adapt(load(2, 50))).toBe(false);
  expect(slots.count).toBe(2);
  slots.apply({ autoscale });
  expect(slots.adapt(load(2, 50))).toBe(true);
});
