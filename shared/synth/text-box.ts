import { type TextLook, textWidth, traceText } from "./font.ts";
import type { Drafting, PlanText, Point } from "./types.ts";

/** Look of a text on a sheet. */
export const lookOf = (drafting: Drafting, text: Pick<PlanText, "height" | "weight">): TextLook => ({
  height: text.height,
  weight: text.weight ?? drafting.fontWeight,
  stretch: drafting.textStretch,
  pen: drafting.pen,
});

/** From px along and across the base line to the sheet. */
export function placeText(text: PlanText): (x: number, y: number) => Point {
  const [x0, y0] = text.at;
  return text.angle === 0 ? (x, y) => [x0 + x, y0 + y] : (x, y) => [x0 + y, y0 - x];
}

/** A text centred on a point. */
export function centred(
  drafting: Drafting,
  text: string,
  height: number,
  at: Point,
  angle: 0 | -90 = 0,
): PlanText {
  const w = textWidth(text, lookOf(drafting, { height }));
  const left: Point = angle === 0 ? [at[0] - w / 2, at[1] + height / 2] : [at[0] + height / 2, at[1] + w / 2];
  return { at: left, text, height, angle };
}

/** Ink box of a text from its outlines: x0, y0, x1, y1; undefined when it has no ink. */
export function textInk(drafting: Drafting, text: PlanText): [number, number, number, number] | undefined {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  const add = (x: number, y: number) => {
    x0 = Math.min(x0, x);
    y0 = Math.min(y0, y);
    x1 = Math.max(x1, x);
    y1 = Math.max(y1, y);
  };
  traceText(text.text, lookOf(drafting, text), placeText(text), {
    moveTo: add,
    lineTo: add,
    quadraticCurveTo: (_a, _b, x, y) => add(x, y),
    bezierCurveTo: (_a, _b, _c, _d, x, y) => add(x, y),
    closePath: () => {},
  });
  const half = (drafting.pen * text.height) / 2;
  return x1 >= x0 ? [x0 - half, y0 - half, x1 + half, y1 + half] : undefined;
}
