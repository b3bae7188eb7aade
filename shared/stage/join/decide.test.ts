import { expect, it } from "vitest";
import { decideJoin, type PartStanding } from "./decide.ts";

const short: Record<string, PartStanding> = { S: "succeeded", F: "failed", R: "revoked", ".": "pending" };
const parts = (pattern: string) => [...pattern].map((letter) => short[letter]!);

it.each([
  ["....", false, null],
  ["SSS.", false, null],
  ["SSSS", false, "success"],
  ["SF..", false, "failed"],
  ["SR..", false, "failed"],
  ["SSS.", true, "timed_out"],
  ["SSSS", true, "success"],
] as const)("all: %s, overdue %s, is %s", (pattern, overdue, outcome) => {
  expect(decideJoin("all", parts(pattern), overdue)).toBe(outcome);
});

it.each([
  ["SS..", false, null],
  ["SSF.", false, null],
  ["SSFF", false, "partial"],
  ["SSSS", false, "success"],
  ["FFF.", false, "failed"],
  ["SS..", true, "partial"],
  ["S...", true, "timed_out"],
  ["SFR.", false, null],
  ["SFRF", false, "failed"],
] as const)("at least two: %s, overdue %s, is %s", (pattern, overdue, outcome) => {
  expect(decideJoin({ atLeast: 2 }, parts(pattern), overdue)).toBe(outcome);
});

it.each([
  ["S...", false, null],
  ["SS..", false, "partial"],
  ["SSSS", false, "success"],
  ["SFF.", false, null],
  ["FFF.", false, "failed"],
  ["S.F.", true, "timed_out"],
] as const)("the first two: %s, overdue %s, is %s", (pattern, overdue, outcome) => {
  expect(decideJoin({ first: 2 }, parts(pattern), overdue)).toBe(outcome);
});

it("is never open once the deadline has come, whatever the parts do", () => {
  const letters = Object.keys(short);
  const all = letters.flatMap((a) => letters.flatMap((b) => letters.map((c) => a + b + c)));
  for (const pattern of all)
    for (const policy of ["all", { atLeast: 1 }, { atLeast: 3 }, { first: 2 }] as const)
      expect(decideJoin(policy, parts(pattern), true), pattern).not.toBeNull();
});

it("is never open once every part has ended", () => {
  const ends = ["S", "F", "R"];
  for (const pattern of ends.flatMap((a) => ends.flatMap((b) => ends.map((c) => a + b + c))))
    for (const policy of ["all", { atLeast: 1 }, { atLeast: 3 }, { first: 2 }] as const)
      expect(decideJoin(policy, parts(pattern), false), pattern).not.toBeNull();
});
