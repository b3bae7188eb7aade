import type { Point } from "#shared/messages";
import type { Primitive } from "../symbols/primitive.ts";
import type { XmlWriter } from "../xml/create-xml-writer.ts";
import { formatNumber } from "../xml/format-number.ts";
import { writeText } from "./write-text.ts";

const FILLS = { none: "transparent", paper: "white", ink: "black" } as const;

/** `x,y,x,y`, as the `points` list of a Polyline or Polygon is written. */
export function pointList(points: readonly Point[]): string {
  return points.map(([x, y]) => `${formatNumber(x)},${formatNumber(y)}`).join(",");
}

/** Writes one primitive as a JavaFX Polygon, Polyline or Text. */
export function writePrimitive(xml: XmlWriter, primitive: Primitive, strokePx: number): void {
  if (primitive.kind === "text") {
    writeText(xml, primitive.text, primitive.center, primitive.sizePx);
    return;
  }
  xml.leaf(primitive.closed ? "Polygon" : "Polyline", {
    points: pointList(primitive.points),
    stroke: primitive.stroke ? "black" : "transparent",
    strokeWidth: strokePx,
    strokeDashArray: primitive.dashed
      ? `${formatNumber(strokePx * 4)},${formatNumber(strokePx * 3)}`
      : undefined,
    fill: FILLS[primitive.fill],
  });
}
