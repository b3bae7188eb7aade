import type { Box, GraphEdge, Point } from "#shared/messages";
import { LINE_COLOURS } from "../line-paint.ts";
import type { XmlWriter } from "../xml/create-xml-writer.ts";
import { YED_EDGE, YED_NODE } from "./keys.ts";

/** Writes what yEd draws a node with: a labelled rectangle or dot at its place on the sheet. */
export function writeYedNode(
  xml: XmlWriter,
  [x, y, width, height]: Box,
  label: string,
  isSymbol: boolean,
): void {
  xml.open("data", { key: YED_NODE });
  xml.open("y:ShapeNode");
  xml.leaf("y:Geometry", { x, y, width, height });
  xml.leaf("y:Fill", { color: isSymbol ? "#FFFFFF" : "#000000" });
  xml.leaf("y:BorderStyle", { color: "#000000", type: "line", width: 1 });
  if (isSymbol) xml.text("y:NodeLabel", { modelName: "sandwich", modelPosition: "s" }, label);
  xml.leaf("y:Shape", { type: isSymbol ? "rectangle" : "ellipse" });
  xml.close();
  xml.close();
}

/** Writes what yEd draws an edge with: its bends, colour, dashes and arrow. */
export function writeYedEdge(
  xml: XmlWriter,
  edge: GraphEdge,
  points: readonly Point[],
  directed: boolean,
): void {
  xml.open("data", { key: YED_EDGE });
  xml.open("y:PolyLineEdge");
  xml.open("y:Path", { sx: 0, sy: 0, tx: 0, ty: 0 });
  for (const [x, y] of points.slice(1, -1)) xml.leaf("y:Point", { x, y });
  xml.close();
  xml.leaf("y:LineStyle", {
    color: LINE_COLOURS[edge.line],
    type: edge.style === "dashed" ? "dashed" : edge.style === "dotted" ? "dotted" : "line",
    width: edge.line === "process" || edge.line === "utility" ? 2 : 1,
  });
  xml.leaf("y:Arrows", { source: "none", target: directed ? "standard" : "none" });
  xml.close();
  xml.close();
}
