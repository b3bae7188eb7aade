import { expect, test } from "vitest";
import { nextVisit, visitOrder } from "./visit.ts";

const items = [
  { id: 1, score: 0.9 },
  { id: 2, score: 0.2 },
  { id: 3, score: null },
  { id: 4, score: 0.5 },
];

test("the least certain comes first, what a person has settled not at all", () => {
  expect(visitOrder(items).map(({ id }) => id)).toEqual([2, 4, 1]);
});

test("visiting goes around in both directions", () => {
  expect(nextVisit(items, null, 1)?.id).toBe(2);
  expect(nextVisit(items, null, -1)?.id).toBe(1);
  expect(nextVisit(items, { id: 2, score: 0.2 }, 1)?.id).toBe(4);
  expect(nextVisit(items, { id: 2, score: 0.2 }, -1)?.id).toBe(1);
});

test("one that has just been settled is followed by its neighbour, not by the first again", () => {
  const settled = items.map((item) => (item.id === 4 ? { ...item, score: null } : item));
  expect(nextVisit(settled, { id: 4, score: 0.5 }, 1)?.id).toBe(1);
  expect(nextVisit(settled, { id: 4, score: 0.5 }, -1)?.id).toBe(2);
  expect(nextVisit([{ id: 1, score: null }], null, 1)).toBeNull();
});
