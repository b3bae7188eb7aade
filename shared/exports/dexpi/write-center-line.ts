import type { GraphEdge } from "#shared/messages";
import { DASHES, LINE_COLOURS, strokeWidthPx } from "../line-paint.ts";
import type { Document } from "./document.ts";
import { writeCoordinates } from "./drawing-frame.ts";
import { writeOwnAttributes } from "./write-attributes.ts";
import { writePresentation } from "./write-presentation.ts";

/** Writes the line of one edge, in the direction given, with the edge's id and what was read of it. */
export function writeCenterLine({ xml, frame, layout }: Document, edge: GraphEdge, turned: boolean): void {
  const points = turned ? [...edge.points].reverse() : edge.points;
  xml.open("CenterLine", { ID: layout.newId(`CenterLine-${edge.id}`), NumPoints: points.length });
  writePresentation(
    xml,
    edge.line,
    frame.mm(strokeWidthPx(edge)),
    LINE_COLOURS[edge.line],
    DASHES[edge.style].length > 0,
  );
  writeCoordinates(xml, frame, points);
  xml.leaf("PersistentID", { Identifier: edge.id, Context: layout.graph.sheet.uid });
  writeOwnAttributes(xml, {
    LineKind: edge.line,
    LineStyle: edge.style,
    Direction: edge.direction ?? undefined,
  });
  xml.close();
}
