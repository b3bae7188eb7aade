import { expect, it } from "vitest";
import { joinTouching } from "./join-touching.ts";

const pairs = (...given: Parameters<typeof joinTouching>) => joinTouching(...given).map(({ pair }) => pair);

it("joins a chain of parts drawn against each other, and says where", () => {
  const chain: [number, number, number, number][] = [
    [100, 90, 6, 20],
    [107, 92, 20, 16],
    [127, 90, 6, 20],
  ];
  expect(pairs(chain, [1, 0, 1], 2)).toEqual([
    [1, 2],
    [0, 1],
  ]);
  expect(joinTouching(chain.slice(0, 2), [1, 0], 2)[0]!.points).toEqual([
    [106, 100],
    [107, 100],
  ]);
});

it("joins downwards too, and where the boxes of two parts overlap a little", () => {
  expect(
    pairs(
      [
        [50, 50, 20, 24],
        [52, 72, 16, 30],
      ],
      [1, 1],
      2,
    ),
  ).toEqual([[0, 1]]);
});

it("leaves parts of two runs side by side alone: lines end at both of their sides", () => {
  const stacked: [number, number, number, number][] = [
    [100, 100, 30, 20],
    [100, 121, 30, 20],
  ];
  expect(pairs(stacked, [2, 2], 2)).toEqual([]);
  expect(pairs(stacked, [2, 1], 2)).toEqual([]);
});

it("leaves parts alone that are apart, beside each other's line, or within each other", () => {
  expect(
    pairs(
      [
        [0, 0, 20, 20],
        [26, 0, 20, 20],
      ],
      [1, 1],
      2,
    ),
  ).toEqual([]);
  expect(
    pairs(
      [
        [0, 0, 20, 20],
        [21, 17, 20, 20],
      ],
      [1, 1],
      2,
    ),
  ).toEqual([]);
  expect(
    pairs(
      [
        [0, 0, 20, 20],
        [4, 4, 10, 10],
      ],
      [1, 1],
      2,
    ),
  ).toEqual([]);
});
