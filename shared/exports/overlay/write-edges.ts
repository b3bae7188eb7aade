import type { Graph } from "#shared/messages";
import { arrowHead } from "../geometry/arrow-head.ts";
import { lineMarks } from "../geometry/line-marks.ts";
import { DASHES, LINE_COLOURS, strokeWidthPx } from "../line-paint.ts";
import type { XmlWriter } from "../xml/create-xml-writer.ts";
import { formatNumber } from "../xml/format-number.ts";
import { pathData } from "./path-data.ts";

/** Writes every edge, coloured by kind of line, with dashes, marks and arrow. */
export function writeEdges(xml: XmlWriter, graph: Graph, unitPx: number): void {
  xml.open("g", { id: "edges", fill: "none", "stroke-linejoin": "round", opacity: "0.85" });
  for (const edge of graph.edges) {
    const width = strokeWidthPx(edge) + unitPx;
    const dashes = DASHES[edge.style].map((dash) => formatNumber(dash * width));
    xml.open("g", { "data-id": edge.id, stroke: LINE_COLOURS[edge.line] });
    const direction = edge.direction === null ? "" : `, ${edge.direction}`;
    xml.text(
      "title",
      {},
      [edge.tag, `${edge.line} line, ${edge.style}${direction}`].filter(Boolean).join(" · "),
    );
    xml.leaf("path", {
      d: pathData(edge.points, false),
      "stroke-width": width,
      "stroke-dasharray": dashes.length > 0 ? dashes.join(" ") : undefined,
    });
    const marks = lineMarks(edge, unitPx * 3);
    if (marks.length > 0)
      xml.leaf("path", {
        d: marks.map((mark) => pathData(mark, false)).join(""),
        "stroke-width": width * 0.7,
      });
    const arrow = arrowHead(edge, Math.max(unitPx * 9, width * 4));
    if (arrow) xml.leaf("path", { d: pathData(arrow, true), fill: LINE_COLOURS[edge.line], stroke: "none" });
    xml.close();
  }
  xml.close();
}
