import type { Box } from "#shared/messages";
import { classTitle } from "../class-title.ts";
import { type Drawing, LETTER_EM, type Primitive } from "./primitive.ts";

/** A symbol whose class has no geometry: its box, with the class name in it, one word per line. */
export function boxDrawing(box: Box, className: string | undefined): Drawing {
  const [x, y, width, height] = box;
  const frame: Primitive = {
    kind: "path",
    points: [
      [x, y],
      [x + width, y],
      [x + width, y + height],
      [x, y + height],
    ],
    closed: true,
    fill: "paper",
    stroke: true,
  };
  const words = classTitle(className ?? "")
    .split(" ")
    .filter((word) => word !== "")
    .slice(0, 4);
  const longest = Math.max(1, ...words.map((word) => word.length));
  const sizePx = Math.min((width * 0.9) / (longest * LETTER_EM), (height * 0.9) / (words.length * 1.2));
  const top = y + height / 2 - ((words.length - 1) * sizePx * 1.2) / 2;
  const lines = words.map(
    (text, i): Primitive => ({ kind: "text", center: [x + width / 2, top + i * sizePx * 1.2], text, sizePx }),
  );
  return { primitives: [frame, ...lines], showsTag: false };
}
