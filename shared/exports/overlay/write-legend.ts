import { type Graph, LineKind, NodeType } from "#shared/messages";
import { LINE_COLOURS, LINE_LABELS } from "../line-paint.ts";
import type { XmlWriter } from "../xml/create-xml-writer.ts";
import { chooseCorner } from "./choose-corner.ts";
import { CROSSING_PAINT, NODE_PAINT } from "./node-paint.ts";
import { writeCrossing } from "./write-crossing.ts";
import { writeDot } from "./write-dot.ts";

interface Row {
  text: string;
  count: number;
  draw: (x: number, y: number) => void;
}

/** Writes the legend into the emptiest corner: what is on this sheet and how often, nothing that is not. */
export function writeLegend(xml: XmlWriter, graph: Graph, unitPx: number): void {
  const rows = legendRows(xml, graph, unitPx).filter((row) => row.count > 0);
  const sizePx = unitPx * 6;
  const [step, pad, swatch] = [sizePx * 1.6, sizePx * 0.9, unitPx * 22];
  const heading = graph.sheet.uid;
  const longest = Math.max(heading.length, ...rows.map((row) => `${row.text} (${row.count})`.length));
  const width = pad * 3 + swatch + longest * sizePx * 0.56;
  const height = pad * 2 + step * (rows.length + 1) - sizePx * 0.4;
  const [x, y] = chooseCorner(graph, width, height, unitPx * 8);

  xml.open("g", { id: "legend" });
  xml.leaf("rect", {
    x,
    y,
    width,
    height,
    rx: unitPx * 2,
    fill: "#ffffff",
    "fill-opacity": "0.92",
    stroke: "#8d8d8d",
    "stroke-width": unitPx / 2,
  });
  xml.text(
    "text",
    { x: x + pad, y: y + pad + sizePx, "font-size": sizePx, "font-weight": "bold", fill: "#161616" },
    heading,
  );
  rows.forEach((row, i) => {
    const middle = y + pad + step * (i + 1) + sizePx * 0.65;
    row.draw(x + pad, middle);
    xml.text(
      "text",
      { x: x + pad * 2 + swatch, y: middle + sizePx * 0.35, "font-size": sizePx, fill: "#161616" },
      `${row.text} (${row.count})`,
    );
  });
  xml.close();

  function legendRows(xml: XmlWriter, graph: Graph, unitPx: number): Row[] {
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
}
