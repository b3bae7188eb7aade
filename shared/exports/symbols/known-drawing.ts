import type { Box, Point } from "#shared/messages";
import { flatten, type Label, symbolClass } from "#shared/symbols";
import type { Touch } from "./attachments.ts";
import { type Fit, orient } from "./orient.ts";
import { type Drawing, LETTER_EM, type Primitive } from "./primitive.ts";

/** Height of capitals as a part of the em, about the same for every sans serif. */
const CAPITAL_EM = 0.7;

/** How a class of our own catalogue is turned and stretched into a box; undefined for a class we do not have. */
export function fitClass(
  className: string | undefined,
  box: Box,
  touched: readonly Touch[],
): Fit | undefined {
  const known = className === undefined ? undefined : symbolClass(className);
  return known && orient(known, box, touched);
}

/**
 * Draws a class of our own catalogue into a box; undefined for a class we do not have.
 *
 * @param touched where lines meet the symbol: decides how it is turned
 * @param tag its parts fill the places the shape keeps for them (`PIC-101`: letters `PIC`, number `101`)
 */
export function knownDrawing(
  className: string,
  box: Box,
  touched: readonly Touch[],
  tag: string | undefined,
): Drawing | undefined {
  const fit = fitClass(className, box, touched);
  if (!fit) return undefined;
  const primitives: Primitive[] = [];
  for (const { d, fill, stroke, dashed } of fit.shape.strokes) {
    for (const { points: flat, closed } of flatten(d)) {
      const points: Point[] = [];
      for (let i = 0; i + 1 < flat.length; i += 2) points.push(fit.place(flat[i]!, flat[i + 1]!));
      if (points.length >= 2) primitives.push({ kind: "path", points, closed, fill, stroke, dashed });
    }
  }
  const labels = fit.shape.labels ?? [];
  for (const label of labels) {
    const text = labelText(label, tag);
    if (text === "") continue;
    const sizePx = Math.min(
      (label.height / CAPITAL_EM) * fit.moduleWidthPx,
      (Math.min(box[2], fit.turns % 2 ? box[3] : box[2]) * 0.92) / (text.length * LETTER_EM),
    );
    primitives.push({ kind: "text", center: fit.place(label.x, label.y), text, sizePx });
  }
  return { primitives, showsTag: labels.some(({ text }) => text === "tag" || text === "letters") };
}

function labelText(label: Label, tag = ""): string {
  if (label.text === "tag") return tag;
  if (label.text !== "letters" && label.text !== "number") return label.text;
  const parts = /^\s*(\D*?)[\s\-_.]*(\d.*)?$/.exec(tag);
  return ((label.text === "letters" ? parts?.[1] : parts?.[2]) ?? "").trim();
}
