import { expect, it } from "vitest";
import type { Scored } from "#shared/learn";
import { verdict } from "./verdict.ts";

/** A score of ten sheets of ten items each; `right` says how many of each were right. */
function scored(right: number[]): Scored {
  const units = right.map((sum, i) => ({ uid: `s${i}`, sum, weight: 10 }));
  const score = right.reduce((a, b) => a + b, 0) / (10 * right.length);
  return { score, se: 0, metrics: {}, units };
}
const rival = (right: number[]) => ({ name: "live v3", scored: scored(right) });

it("finds what leads on every sheet better", () => {
  const judged = verdict(scored([9, 9, 8, 9, 9, 10]), rival([7, 8, 6, 7, 7, 8]), 2);
  expect(judged.better).toBe(true);
  expect(judged.reason).toMatch(/better beyond noise: 0\.9000 against 0\.7167 of live v3 on 6 sheets/);
});

it("does not take luck on one sheet for better, though the mean is", () => {
  const judged = verdict(scored([10, 5, 5, 5, 5, 5]), rival([5, 5, 5, 5, 5, 5]), 2);
  expect(judged).toMatchObject({ better: false, reason: expect.stringContaining("no better beyond noise") });
});

it("sees past what is hard for both: the comparison is sheet by sheet", () => {
  expect(verdict(scored([10, 2, 9, 1, 8, 3]), rival([9, 1, 8, 0, 7, 2]), 2).better).toBe(true);
});

it("never finds the same, the worse, or a single sheet better", () => {
  expect(verdict(scored([5, 6, 7]), rival([5, 6, 7]), 2).better).toBe(false);
  expect(verdict(scored([4, 5, 6]), rival([5, 6, 7]), 2).reason).toMatch(/^no better: /);
  expect(verdict(scored([9]), rival([1]), 2).better).toBe(false);
});
