import type { Box, Point } from "#shared/messages";
import type { XmlWriter } from "../xml/create-xml-writer.ts";
import { formatNumber } from "../xml/format-number.ts";

/** From sheet pixels, y down, to the millimetres of a Proteus drawing, y up. All numbers come back ready to write. */
export interface DrawingFrame {
  /** A length in millimetres. */
  mm: (px: number) => string;
  x: (px: number) => string;
  y: (px: number) => string;
}

/** @param dpi resolution the sheet was scanned or rendered at */
export function createDrawingFrame(heightPx: number, dpi: number): DrawingFrame {
  const mmPerPx = 25.4 / dpi;
  const mm = (px: number) => formatNumber(px * mmPerPx, 4);
  return { mm, x: mm, y: (px) => mm(heightPx - px) };
}

/** Writes the extent of a box; in Proteus the minimum is the lower left corner. */
export function writeExtent(xml: XmlWriter, frame: DrawingFrame, [x, y, width, height]: Box): void {
  xml.open("Extent");
  xml.leaf("Min", { X: frame.x(x), Y: frame.y(y + height), Z: "0" });
  xml.leaf("Max", { X: frame.x(x + width), Y: frame.y(y), Z: "0" });
  xml.close();
}

/** Local X axis of a symbol after quarter turns clockwise, in drawing directions. */
const REFERENCES: readonly Point[] = [
  [1, 0],
  [0, -1],
  [-1, 0],
  [0, 1],
];

/** Writes where an item's origin lies and how it is turned. */
export function writePosition(xml: XmlWriter, frame: DrawingFrame, [x, y]: Point, turns = 0): void {
  const [referenceX, referenceY] = REFERENCES[turns % 4]!;
  xml.open("Position");
  xml.leaf("Location", { X: frame.x(x), Y: frame.y(y), Z: "0" });
  xml.leaf("Axis", { X: "0", Y: "0", Z: "1" });
  xml.leaf("Reference", { X: referenceX, Y: referenceY, Z: "0" });
  xml.close();
}

/** Writes coordinates, skipping none: the number of points is part of the element around them. */
export function writeCoordinates(xml: XmlWriter, frame: DrawingFrame, points: readonly Point[]): void {
  for (const [x, y] of points) xml.leaf("Coordinate", { X: frame.x(x), Y: frame.y(y), Z: "0" });
}
