import type { Box, Point } from "#shared/messages";
import type { Drawing } from "./primitive.ts";

/** An off-page connector without a class: a flag that points to the nearer side of the sheet. */
export function offpageDrawing([x, y, width, height]: Box, sheetWidthPx: number): Drawing {
  const nose = Math.min(width / 2, height / 2);
  const toRight: Point[] = [
    [x, y],
    [x + width - nose, y],
    [x + width, y + height / 2],
    [x + width - nose, y + height],
    [x, y + height],
  ];
  const right = x + width / 2 >= sheetWidthPx / 2;
  const points = right ? toRight : toRight.map(([px, py]): Point => [2 * x + width - px, py]);
  return {
    primitives: [{ kind: "path", points, closed: true, fill: "paper", stroke: true }],
    showsTag: false,
  };
}
