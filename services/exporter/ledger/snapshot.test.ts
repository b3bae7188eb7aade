import { expect, test } from "vitest";
import { supersedes } from "./snapshot.ts";

const at = (TASKS: number, TOY: number, created = 1) => ({
  TASKS: { created, seq: TASKS },
  TOY: { created, seq: TOY },
});

test.each([
  ["further in one stream", at(6, 5), at(5, 5), true],
  ["the same", at(5, 5), at(5, 5), false],
  ["further in one, behind in the other", at(6, 4), at(5, 5), false],
  ["behind", at(4, 5), at(5, 5), false],
  ["with a stream more", { ...at(5, 5), DEAD: { created: 1, seq: 0 } }, at(5, 5), true],
  ["with a stream less", { TASKS: { created: 1, seq: 9 } }, at(5, 5), false],
  ["at the beginning of streams made anew", at(0, 0, 2), at(5, 5, 1), true],
  ["far in streams that are no more", at(9, 9, 1), at(1, 1, 2), false],
])("a snapshot replaces another only when it tells more: %s", (_what, ours, theirs, expected) => {
  expect(supersedes(ours, theirs)).toBe(expected);
});
