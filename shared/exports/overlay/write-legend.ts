import type { Graph } from "#shared/messages";
import type { XmlWriter } from "../xml/create-xml-writer.ts";
import { chooseCorner } from "./choose-corner.ts";
import { legendRows } from "./legend-rows.ts";

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
}
