import type { GraphNode, Point } from "#shared/messages";
import { drawNode } from "../symbols/draw-node.ts";
import { nodeBox } from "../symbols/node-box.ts";
import { tagPlace } from "../symbols/tag-place.ts";
import type { XmlWriter } from "../xml/create-xml-writer.ts";
import type { DexpiClass } from "./component-class.ts";
import type { Document } from "./document.ts";
import { type DrawingFrame, writeCoordinates, writeExtent, writePosition } from "./drawing-frame.ts";
import { shapeName } from "./shape-name.ts";
import { writePresentation } from "./write-presentation.ts";

/** Side of the extent of a tee, in pixels. */
const JUNCTION_PX = 8;
/** Stroke of a symbol, in millimetres. */
const STROKE_MM = "0.25";

/** Attributes every item starts with. */
export function itemAttributes({ layout }: Document, node: GraphNode, dexpi: DexpiClass) {
  const known = layout.fits.get(node.id);
  return {
    ID: layout.ids.get(node.id),
    TagName: dexpi.part === "offpage" ? undefined : node.tag,
    ComponentClass: dexpi.name,
    ComponentClassURI: dexpi.uri,
    ComponentName: known ? shapeName(dexpi, node.class!, known.shape) : undefined,
  };
}

/**
 * Writes what every item on a drawing has: extent, identity, position, and its picture, either scaled from the shape
 * catalogue or, for a class without geometry, drawn in place.
 */
export function writeItemBody({ xml, frame, layout }: Document, node: GraphNode): void {
  const isSymbol = node.type === "symbol" || node.type === "offpage";
  const box = isSymbol ? nodeBox(node) : nodeBox({ ...node, bbox: undefined }, JUNCTION_PX);
  const touched = layout.touched.get(node.id) ?? [];
  const fit = layout.fits.get(node.id);
  writeExtent(xml, frame, box);
  xml.leaf("PersistentID", { Identifier: node.id, Context: layout.graph.sheet.uid });
  writePosition(xml, frame, fit ? fit.place(0, 0) : node.center, fit?.turns);
  if (!isSymbol) return;
  if (fit) {
    const span = (x: number, y: number) => {
      const [[x0, y0], [x1, y1]] = [fit.place(0, 0), fit.place(x, y)];
      return frame.mm(Math.hypot(x1 - x0, y1 - y0));
    };
    xml.leaf("Scale", { X: span(1, 0), Y: span(0, 1), Z: "1" });
  }
  const { primitives, showsTag } = drawNode(node, touched, layout.graph.sheet.widthPx);
  for (const primitive of primitives)
    if (!fit && primitive.kind === "path") writeCurve(xml, frame, primitive.points, primitive.closed);

  const texts = primitives.filter((primitive) => primitive.kind === "text");
  const sizePx = Math.min(box[2], box[3]) * 0.3;
  if (node.tag && !showsTag)
    texts.push({ kind: "text", text: node.tag, center: tagPlace(node.tag, box, touched, sizePx), sizePx });
  if (texts.length === 0) return;
  xml.open("Label", { ID: layout.newId(`Label-${node.id}`) });
  for (const { text, center, sizePx: em } of texts) {
    xml.open("Text", {
      String: text,
      Font: "Arial",
      Justification: "CenterCenter",
      Width: "0",
      Height: frame.mm(em * 0.7),
    });
    writePresentation(xml, "Text", STROKE_MM);
    writePosition(xml, frame, center);
    xml.close();
  }
  xml.close();
}

/** Writes a closed outline as a Shape, an open one as a PolyLine. */
function writeCurve(xml: XmlWriter, frame: DrawingFrame, points: readonly Point[], closed: boolean): void {
  xml.open(closed ? "Shape" : "PolyLine", { NumPoints: points.length });
  writePresentation(xml, "Symbols", STROKE_MM);
  writeCoordinates(xml, frame, points);
  xml.close();
}

/** Writes connection points: node 0 is the item's origin, the others follow in the order given. */
export function writeConnectionPoints(
  { xml, frame, layout }: Document,
  id: string,
  origin: Point,
  points: readonly Point[],
  flow?: "through" | "out" | "in",
): void {
  xml.open("ConnectionPoints", {
    NumPoints: points.length + 1,
    FlowIn: flow === "through" || flow === "in" ? 1 : undefined,
    FlowOut: flow === "through" ? 2 : flow === "out" ? 1 : undefined,
  });
  [origin, ...points].forEach((point, index) => {
    xml.open("Node", { ID: layout.newId(`${id}-node${index}`), Type: index === 0 ? undefined : "process" });
    writePosition(xml, frame, point);
    xml.close();
  });
  xml.close();
}
