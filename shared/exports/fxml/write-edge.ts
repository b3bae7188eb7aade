import type { GraphEdge, Point } from "#shared/messages";
import { arrowHead } from "../geometry/arrow-head.ts";
import { hopOver } from "../geometry/hop-over.ts";
import { lineMarks } from "../geometry/line-marks.ts";
import { DASHES, LINE_COLOURS, strokeWidthPx } from "../line-paint.ts";
import { styleClass } from "../style-class.ts";
import type { XmlWriter } from "../xml/create-xml-writer.ts";
import { formatNumber } from "../xml/format-number.ts";
import { userData } from "./user-data.ts";
import { pointList } from "./write-primitive.ts";

/**
 * Writes an edge: one Polyline that carries id, user data and classes, then its arrow and marks.
 *
 * @param jumps places where this line jumps over another
 * @param markPx size arrows and marks are scaled by
 */
export function writeEdge(
  xml: XmlWriter,
  edge: GraphEdge,
  id: string,
  jumps: readonly Point[],
  markPx: number,
): void {
  const stroke = LINE_COLOURS[edge.line];
  const strokeWidth = strokeWidthPx(edge);
  const dashes = DASHES[edge.style].map((dash) => formatNumber(dash * Math.max(strokeWidth, 2)));
  const drawn = jumps.reduce<Point[]>((points, at) => hopOver(points, at, markPx * 0.3), edge.points);
  xml.leaf("Polyline", {
    "fx:id": id,
    styleClass: `line, ${edge.line}, ${edge.style}`,
    userData: userData({
      tag: edge.tag,
      class: edge.line,
      style: edge.style,
      id: edge.id,
      source: edge.source,
      target: edge.target,
      direction: edge.direction ?? undefined,
    }),
    points: pointList(drawn),
    stroke,
    strokeWidth,
    strokeDashArray: dashes.length > 0 ? dashes.join(",") : undefined,
    fill: "transparent",
  });
  const arrow = arrowHead(edge, markPx * 0.4);
  if (arrow)
    xml.leaf("Polygon", {
      styleClass: `arrow, ${styleClass(edge.line)}`,
      points: pointList(arrow),
      fill: stroke,
    });
  for (const [[startX, startY], [endX, endY]] of lineMarks(edge, markPx * 0.18))
    xml.leaf("Line", {
      styleClass: `mark, ${styleClass(edge.line)}`,
      startX,
      startY,
      endX,
      endY,
      stroke,
      strokeWidth,
    });
}
