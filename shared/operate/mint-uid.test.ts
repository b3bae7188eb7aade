import { expect, test } from "vitest";
import { Uid } from "#shared/messages";
import { mintUid } from "./mint-uid.ts";

test("a minted uid fits into a subject token", () => {
  expect(Uid.safeParse(mintUid()).success).toBe(true);
});

test("uids sort by the time they were minted", () => {
  const times = [0, 31, 32, 1_000_000_000_000, 1_763_000_000_000, 1_763_000_000_001, 30_000_000_000_000];
  const uids = times.map((time) => mintUid(time));
  expect([...uids].sort()).toEqual(uids);
});

test("ten thousand uids of one millisecond differ", () => {
  expect(new Set(Array.from({ length: 10_000 }, () => mintUid(1_763_000_000_000))).size).toBe(10_000);
});
