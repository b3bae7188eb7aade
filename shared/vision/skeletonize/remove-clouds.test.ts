import { expect, it } from "vitest";
import type { Mask } from "../geometry/types.ts";
import { isScalloped } from "./remove-clouds.ts";
import { skeletonizeSimple } from "./skeletonize-mask.ts";

const blank = (width: number, height: number): Mask => ({
  width,
  height,
  data: new Uint8Array(width * height),
});

/** A row of half ellipses of a chord, 3 px thick, from x to x + arcs * chord with its cusps at y. */
function drawCloud(mask: Mask, x: number, y: number, arcs: number, chord: number): void {
  for (let t = 0; t <= arcs * 200; t++) {
    const angle = Math.PI * (1 - (t % 200) / 200);
    const px = x + (Math.floor(t / 200) + 0.5) * chord + (chord / 2) * Math.cos(angle);
    const py = y - 0.4 * chord * Math.sin(angle);
    dot(mask, Math.round(px), Math.round(py));
  }
}

function dot(mask: Mask, x: number, y: number): void {
  for (let j = -1; j <= 1; j++) for (let i = -1; i <= 1; i++) mask.data[(y + j) * mask.width + x + i] = 1;
}

function drawLine(mask: Mask, x0: number, y0: number, x1: number, y1: number): void {
  const steps = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0));
  for (let k = 0; k <= steps; k++)
    dot(mask, Math.round(x0 + ((x1 - x0) * k) / steps), Math.round(y0 + ((y1 - y0) * k) / steps));
}

const inkIn = ({ skeleton }: { skeleton: Mask }, rows: [number, number]) =>
  skeleton.data.subarray(rows[0] * skeleton.width, rows[1] * skeleton.width).reduce((a, b) => a + b, 0);

it("removes a row of arcs and keeps the lines beside and across it", () => {
  const mask = blank(400, 200);
  drawCloud(mask, 20, 100, 12, 28);
  drawLine(mask, 10, 160, 390, 160);
  drawLine(mask, 160, 20, 160, 160);
  const result = skeletonizeSimple(mask, { lineWidthPx: 3 });
  // Of the band of the cloud only the crossing line is left, one pixel a row, and a stub or two beside it.
  expect(inkIn(result, [85, 104])).toBeLessThan(40);
  expect(inkIn(result, [85, 104])).toBeGreaterThanOrEqual(19);
  expect(inkIn(result, [155, 165])).toBeGreaterThan(370);
});

it("keeps a jump arc, which is alone, and a zigzag, which has no arcs", () => {
  const arc = blank(300, 120);
  drawLine(arc, 10, 80, 120, 80);
  drawCloud(arc, 120, 80, 1, 30);
  drawLine(arc, 150, 80, 290, 80);
  expect(inkIn(skeletonizeSimple(arc, { lineWidthPx: 3 }), [0, 120])).toBeGreaterThan(260);
  const path: number[] = [];
  for (let k = 0; k < 200; k++) path.push(k, 50 - Math.abs((k % 40) - 20));
  expect(isScalloped(path, 3)).toBe(false);
});
