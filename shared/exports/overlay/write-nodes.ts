import type { Box, Graph, GraphNode } from "#shared/messages";
import { classTitle } from "../class-title.ts";
import { attachments, type Touch } from "../symbols/attachments.ts";
import { drawNode } from "../symbols/draw-node.ts";
import { nodeBox } from "../symbols/node-box.ts";
import type { XmlWriter } from "../xml/create-xml-writer.ts";
import { formatNumber } from "../xml/format-number.ts";
import { NODE_PAINT } from "./node-paint.ts";
import { pathData } from "./path-data.ts";
import { writeDot } from "./write-dot.ts";

/** A symbol whose score is below this is framed with dashes: look here first. */
const UNSURE = 0.7;

/** Writes every node: symbols boxed with class and tag, junctions as dots. */
export function writeNodes(xml: XmlWriter, graph: Graph, unitPx: number, drawSymbols: boolean): void {
  const touched = attachments(graph);
  xml.open("g", { id: "nodes" });
  for (const node of graph.nodes) {
    xml.open("g", { "data-id": node.id, "data-type": node.type });
    const score = node.score === undefined ? undefined : `${Math.round(node.score * 100)} %`;
    xml.text("title", {}, [node.tag, node.class ?? node.type, score].filter(Boolean).join(" · "));
    if (node.type === "symbol" || node.type === "offpage") {
      if (drawSymbols) writeDrawing(xml, node, touched.get(node.id) ?? [], graph.sheet.widthPx, unitPx);
      writeBox(xml, node, touched.get(node.id) ?? [], unitPx);
    } else writeDot(xml, node.type, node.center, unitPx);
    xml.close();
  }
  xml.close();
}

function writeDrawing(
  xml: XmlWriter,
  node: GraphNode,
  touched: readonly Touch[],
  sheetWidthPx: number,
  unitPx: number,
) {
  for (const primitive of drawNode(node, touched, sheetWidthPx).primitives) {
    if (primitive.kind === "text")
      xml.text(
        "text",
        {
          x: primitive.center[0],
          y: primitive.center[1] + primitive.sizePx * 0.35,
          "font-size": primitive.sizePx,
          "text-anchor": "middle",
          fill: "#525252",
        },
        primitive.text,
      );
    else
      xml.leaf("path", {
        d: pathData(primitive.points, primitive.closed),
        fill: primitive.fill === "ink" ? "#525252" : primitive.fill === "paper" ? "#ffffff" : "none",
        stroke: primitive.stroke ? "#525252" : "none",
        "stroke-width": unitPx,
        "stroke-dasharray": primitive.dashed
          ? `${formatNumber(unitPx * 4)} ${formatNumber(unitPx * 3)}`
          : undefined,
      });
  }
}

function writeBox(xml: XmlWriter, node: GraphNode, touched: readonly Touch[], unitPx: number): void {
  const box = nodeBox(node);
  const [x, y, width, height] = box;
  const { colour } = NODE_PAINT[node.type];
  xml.leaf("rect", {
    x,
    y,
    width,
    height,
    rx: unitPx,
    fill: colour,
    "fill-opacity": "0.08",
    stroke: colour,
    "stroke-width": unitPx,
    "stroke-dasharray":
      node.score !== undefined && node.score < UNSURE
        ? `${formatNumber(unitPx * 4)} ${formatNumber(unitPx * 2)}`
        : undefined,
  });
  writeLabel(xml, node, box, touched, unitPx);
}

/** Tag above class, above the box; beside the line when one leaves through the top of the box. */
function writeLabel(
  xml: XmlWriter,
  { tag, class: className, type }: GraphNode,
  [x, y, width]: Box,
  touched: readonly Touch[],
  unitPx: number,
): void {
  const sizePx = unitPx * 6;
  const through = touched.find(([tx, ty]) => Math.abs(ty - y) < unitPx * 4 && tx > x && tx < x + width);
  const place = {
    class: "label",
    x: through ? through[0] + unitPx * 3 : x + width / 2,
    "text-anchor": through ? "start" : "middle",
    fill: NODE_PAINT[type].colour,
  };
  let baseline = y - unitPx * 2.5;
  if (className) {
    xml.text("text", { ...place, y: baseline, "font-size": sizePx * 0.8 }, classTitle(className));
    baseline -= sizePx * 0.95;
  }
  if (tag) xml.text("text", { ...place, y: baseline, "font-size": sizePx, "font-weight": "bold" }, tag);
}
