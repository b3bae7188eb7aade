import type { GraphCrossing, Point } from "#shared/messages";
import type { XmlWriter } from "../xml/create-xml-writer.ts";
import { formatNumber } from "../xml/format-number.ts";
import { CROSSING_PAINT } from "./node-paint.ts";

/** Marks a place where lines pass: a ring, with an arc inside for a jump and a cross for a plain crossing. */
export function writeCrossing(
  xml: XmlWriter,
  kind: GraphCrossing["kind"],
  [x, y]: Point,
  unitPx: number,
): void {
  const r = unitPx * 4.5;
  const s = r * 0.5;
  const n = formatNumber;
  xml.open("g", { fill: "none", stroke: CROSSING_PAINT[kind].colour, "stroke-width": unitPx });
  xml.leaf("circle", { cx: x, cy: y, r, fill: "#ffffff", "fill-opacity": "0.6" });
  xml.leaf("path", {
    d:
      kind === "bridge"
        ? `M${n(x - s)} ${n(y + s / 2)}A${n(s)} ${n(s)} 0 0 1 ${n(x + s)} ${n(y + s / 2)}`
        : `M${n(x - s)} ${n(y - s)}L${n(x + s)} ${n(y + s)}M${n(x - s)} ${n(y + s)}L${n(x + s)} ${n(y - s)}`,
  });
  xml.close();
}
