import type { Graph } from "#shared/messages";
import { typicalSidePx } from "../symbols/node-box.ts";
import { createXmlWriter } from "../xml/create-xml-writer.ts";
import { writeCrossing } from "./write-crossing.ts";
import { writeEdges } from "./write-edges.ts";
import { writeLegend } from "./write-legend.ts";
import { writeNodes } from "./write-nodes.ts";

/** Options of {@link toOverlaySvg}. */
export interface OverlayOptions {
  /**
   * Where the sheet's image is: a URL, a relative path or a `data:` URI. Left out, the ground is white and symbols are
   * drawn from our own geometry instead of lying under their boxes.
   * @default undefined
   */
  sheetHref?: string;
  /**
   * Width the picture is shown at; coordinates inside stay sheet pixels.
   * @default the sheet's own
   */
  widthPx?: number;
  /**
   * Height the picture is shown at.
   * @default the sheet's own
   */
  heightPx?: number;
  /**
   * Whether a legend covers the emptiest corner.
   * @default true
   */
  legend?: boolean;
}

/**
 * Writes `overlay.svg`: the result over the sheet. Edges are coloured by kind of line, symbols boxed with class and tag,
 * crossings marked; what a symbol or line is shows as a tooltip too. Sizes follow the typical symbol of the sheet.
 */
export function toOverlaySvg(graph: Graph, options: OverlayOptions = {}): string {
  const {
    sheetHref,
    widthPx = graph.sheet.widthPx,
    heightPx = graph.sheet.heightPx,
    legend = true,
  } = options;
  const unitPx = Math.max(1, typicalSidePx(graph) / 28);
  const whole = { width: graph.sheet.widthPx, height: graph.sheet.heightPx };
  const xml = createXmlWriter();
  xml.open("svg", {
    xmlns: "http://www.w3.org/2000/svg",
    width: widthPx,
    height: heightPx,
    viewBox: `0 0 ${whole.width} ${whole.height}`,
    "font-family": "'Roboto Condensed', 'DejaVu Sans', Arial, sans-serif",
  });
  xml.text(
    "style",
    {},
    ".label{paint-order:stroke;stroke:#ffffff;stroke-width:0.25em;stroke-linejoin:round}",
  );
  xml.leaf("rect", { ...whole, fill: "#ffffff" });
  // Faded, so that the result stands out against ink of the same shape.
  if (sheetHref !== undefined)
    xml.leaf("image", { ...whole, href: sheetHref, preserveAspectRatio: "none", opacity: "0.5" });
  writeEdges(xml, graph, unitPx);
  writeNodes(xml, graph, unitPx, sheetHref === undefined);
  xml.open("g", { id: "crossings" });
  for (const crossing of graph.crossings) writeCrossing(xml, crossing.kind, crossing.at, unitPx);
  xml.close();
  if (legend) writeLegend(xml, graph, unitPx);
  xml.close();
  return xml.document();
}
