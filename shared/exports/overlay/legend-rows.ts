import { type Graph, LineKind, NodeType } from "#shared/messages";
import { LINE_COLOURS, LINE_LABELS } from "../line-paint.ts";
import type { XmlWriter } from "../xml/create-xml-writer.ts";
import { CROSSING_PAINT, NODE_PAINT } from "./node-paint.ts";
import { writeCrossing } from "./write-crossing.ts";
import { writeDot } from "./write-dot.ts";

/** One line of the legend: how often something is on the sheet and how its sample is drawn. */
export interface Row {
  text: string;
  count: number;
  /** Draws the sample, 22 units wide, from its left middle. */
  draw: (x: number, y: number) => void;
}

/** Everything a legend may list, in its order. */
export function legendRows(xml: XmlWriter, graph: Graph, unitPx: number): Row[] {
  const middle = (x: number) => x + unitPx * 11;
  return [
    ...LineKind.options.map((line) => ({
      text: LINE_LABELS[line],
      count: graph.edges.filter((edge) => edge.line === line).length,
      draw: (x: number, y: number) =>
        xml.leaf("path", {
          d: `M${x} ${y}h${unitPx * 22}`,
          stroke: LINE_COLOURS[line],
          "stroke-width": unitPx * 2,
        }),
    })),
    ...NodeType.options.map((type) => ({
      text: NODE_PAINT[type].label,
      count: graph.nodes.filter((node) => node.type === type).length,
      draw: (x: number, y: number) =>
        type === "symbol" || type === "offpage"
          ? xml.leaf("rect", {
              x: middle(x) - unitPx * 5,
              y: y - unitPx * 3.5,
              width: unitPx * 10,
              height: unitPx * 7,
              fill: NODE_PAINT[type].colour,
              "fill-opacity": "0.08",
              stroke: NODE_PAINT[type].colour,
              "stroke-width": unitPx,
            })
          : writeDot(xml, type, [middle(x), y], unitPx),
    })),
    ...(["bridge", "plain"] as const).map((kind) => ({
      text: CROSSING_PAINT[kind].label,
      count: graph.crossings.filter((crossing) => crossing.kind === kind).length,
      draw: (x: number, y: number) => writeCrossing(xml, kind, [middle(x), y], unitPx),
    })),
  ];
}
