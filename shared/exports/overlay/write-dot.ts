import type { NodeType, Point } from "#shared/messages";
import type { XmlWriter } from "../xml/create-xml-writer.ts";
import { NODE_PAINT } from "./node-paint.ts";
import { pathData } from "./path-data.ts";

/** Writes the mark of a node without a box: a dot for a tee, a diamond for a cross, a ring for an open end. */
export function writeDot(xml: XmlWriter, type: NodeType, [x, y]: Point, unitPx: number): void {
  const { colour } = NODE_PAINT[type];
  const r = unitPx * 3;
  if (type === "cross") {
    const diamond: Point[] = [
      [x, y - r * 1.3],
      [x + r * 1.3, y],
      [x, y + r * 1.3],
      [x - r * 1.3, y],
    ];
    xml.leaf("path", {
      d: pathData(diamond, true),
      fill: colour,
      stroke: "#ffffff",
      "stroke-width": unitPx / 2,
    });
  } else if (type === "tee")
    xml.leaf("circle", { cx: x, cy: y, r, fill: colour, stroke: "#ffffff", "stroke-width": unitPx / 2 });
  else xml.leaf("circle", { cx: x, cy: y, r, fill: "#ffffff", stroke: colour, "stroke-width": unitPx * 1.2 });
}
