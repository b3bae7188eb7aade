import type { GraphNode } from "#shared/messages";
import { flatten, type Shape } from "#shared/symbols";
import { formatNumber } from "../xml/format-number.ts";
import type { DexpiClass } from "./component-class.ts";
import type { Document } from "./document.ts";
import { shapeName } from "./shape-name.ts";
import { writePresentation } from "./write-presentation.ts";

const ELEMENTS = {
  equipment: "Equipment",
  piping: "PipingComponent",
  instrument: "ProcessInstrumentationFunction",
  offpage: "PipeOffPageConnector",
} as const;

/** Writes the shape catalogue: every shape this sheet uses, once, in modules around its origin, y up. */
export function writeCatalogue(document: Document): void {
  const { xml, layout } = document;
  const shapes = new Map<string, { node: GraphNode; dexpi: DexpiClass; shape: Shape }>();
  for (const [id, dexpi] of layout.classes) {
    const node = layout.nodes.get(id)!;
    const fit = layout.fits.get(id);
    if (!fit) continue;
    const name = shapeName(dexpi, node.class!, fit.shape);
    if (!shapes.has(name)) shapes.set(name, { node, dexpi, shape: fit.shape });
  }
  if (shapes.size === 0) return;
  xml.open("ShapeCatalogue", { Name: "Penstock", Units: "mm" });
  for (const [name, { dexpi, shape }] of [...shapes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    xml.open(ELEMENTS[dexpi.part], {
      ID: layout.newId(`Shape-${name}`),
      ComponentClass: dexpi.name,
      ComponentClassURI: dexpi.uri,
      ComponentName: name,
    });
    writeStrokes(document, shape);
    xml.close();
  }
  xml.close();
}

function writeStrokes({ xml }: Document, shape: Shape): void {
  for (const stroke of shape.strokes)
    for (const { points, closed } of flatten(stroke.d)) {
      if (points.length < 4) continue;
      xml.open(closed ? "Shape" : "PolyLine", {
        NumPoints: points.length / 2,
        Filled: closed && stroke.fill === "ink" ? "Solid" : undefined,
      });
      writePresentation(xml, "Symbols", "0.25", "#000000", stroke.dashed);
      for (let i = 0; i + 1 < points.length; i += 2)
        xml.leaf("Coordinate", {
          X: formatNumber(points[i]!, 4),
          Y: formatNumber(-points[i + 1]!, 4),
          Z: "0",
        });
      xml.close();
    }
}
