import { expect, it } from "vitest";
import { asLogits, holdsShares } from "./as-logits.ts";

const toLogits = (planes: Float32Array, classes: number) => asLogits(planes, classes, holdsShares(planes));
const rounded = (values: Float32Array | Uint8Array) =>
  [...values].map((value) => Math.round(value * 100) / 100);

it("leaves logits as they are", () => {
  const planes = Float32Array.of(-3, 2, 4, -1);
  expect(toLogits(planes, 2)).toEqual({ planes, classes: 2 });
  expect([...planes]).toEqual([-3, 2, 4, -1]);
});

it("tells one plane from ground, whether it holds logits or probabilities", () => {
  const logits = toLogits(Float32Array.of(-3, 2), 1);
  expect([logits.classes, rounded(logits.planes)]).toEqual([2, [0, 0, -3, 2]]);
  const shares = toLogits(Float32Array.of(0.5, 0.75), 1);
  expect([shares.classes, rounded(shares.planes)]).toEqual([2, [0, 0, 0, 1.1]]);
});

it("gives probabilities back their distances, so that the surest class stays as sure as it was", () => {
  const { planes } = toLogits(Float32Array.of(0.9, 0.2, 0.1, 0.8), 2);
  const sure = 1 / (1 + Math.exp(planes[2]! - planes[0]!));
  expect(sure).toBeCloseTo(0.9, 5);
});

it("never gives anything but numbers for certain pixels", () => {
  expect([...toLogits(Float32Array.of(0, 1), 1).planes].every(Number.isFinite)).toBe(true);
  expect([...toLogits(Float32Array.of(0, 1, 1, 0), 2).planes].every(Number.isFinite)).toBe(true);
});
