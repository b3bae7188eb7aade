import { describe, expect, it } from "vitest";
import type { Box, Mask } from "#shared/vision";
import { fitOutline } from "./fit-outline.ts";

/** Ink where `isInk` says so. */
function draw(isInk: (x: number, y: number) => boolean): Mask {
  const [width, height] = [400, 300];
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data[y * width + x] = isInk(x, y) ? 1 : 0;
  return { width, height, data };
}

/** Walls of 3 px whose outer border is this box. */
const walls = ([x, y, w, h]: Box) =>
  draw((px, py) => {
    const inside = (by: number) => px >= x + by && px < x + w - by && py >= y + by && py < y + h - by;
    return inside(0) && !inside(3);
  });

describe("fitOutline", () => {
  it.each([[[103, 76, 190, 148]], [[92, 63, 213, 172]], [[100, 70, 200, 160]]] as [Box][])(
    "moves the sides of %j to the walls",
    (box) => {
      expect(fitOutline(walls([100, 70, 200, 160]), box, 12)).toEqual([100, 70, 200, 160]);
    },
  );

  it("finds the top of a round head within two pixels", () => {
    const round = draw((x, y) => Math.abs(Math.hypot(x - 200, y - 150) - 98) < 1.5);
    const [x, y, width, height] = fitOutline(round, [108, 57, 184, 186], 12);
    for (const [side, true_] of [
      [x, 101],
      [y, 51],
      [x + width, 300],
      [y + height, 250],
    ] as const)
      expect(Math.abs(side - true_)).toBeLessThanOrEqual(2);
  });

  it("leaves a side where it is when nothing long lies near it", () => {
    const pipe = draw((x, y) => y === 150 && x < 120);
    expect(fitOutline(pipe, [100, 70, 200, 160], 12)).toEqual([100, 70, 200, 160]);
    expect(fitOutline(walls([100, 70, 200, 160]), [120, 90, 160, 120], 12)).toEqual([120, 90, 160, 120]);
  });
});
