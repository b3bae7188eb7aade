import type { XmlWriter } from "../xml/create-xml-writer.ts";
import { formatNumber } from "../xml/format-number.ts";

/** Writes how something is drawn. @param colour `#rrggbb` @param weightMm stroke width */
export function writePresentation(
  xml: XmlWriter,
  layer: string,
  weightMm: string,
  colour = "#000000",
  dashed = false,
): void {
  const channel = (from: number) => formatNumber(Number.parseInt(colour.slice(from, from + 2), 16) / 255, 3);
  xml.leaf("Presentation", {
    Layer: layer,
    LineType: dashed ? "Dash" : "Solid",
    LineWeight: weightMm,
    R: channel(1),
    G: channel(3),
    B: channel(5),
  });
}
