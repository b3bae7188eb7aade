import type { GraphNode } from "#shared/messages";
import { make } from "./component-class.ts";
import type { Document } from "./document.ts";
import { writeExtent, writePosition } from "./drawing-frame.ts";
import { writeDexpiAttributes, writeOwnAttributes } from "./write-attributes.ts";
import { itemAttributes, writeConnectionPoints, writeItemBody } from "./write-item.ts";
import { writeLocationOf } from "./write-location-of.ts";

/** Writes one piece of equipment, with a nozzle where each pipe meets it. */
export function writeEquipment(document: Document, node: GraphNode): void {
  const { xml, frame, layout } = document;
  const dexpi = layout.classes.get(node.id)!;
  xml.open("Equipment", itemAttributes(document, node, dexpi));
  writeItemBody(document, node);
  writeDexpiAttributes(xml, { TagNameAssignmentClass: node.tag, TypeNameAssignmentClass: dexpi.typeName });
  writeOwnAttributes(xml, { SymbolClass: node.class, Score: node.score });
  writeLocationOf(document, node.id);
  const nozzle = make("equipment", "Nozzle", "nozzle", 415214);
  for (const { nozzleId, point, edge, atSource } of layout.ends.get(node.id) ?? []) {
    xml.open("Nozzle", { ID: nozzleId, ComponentClass: nozzle.name, ComponentClassURI: nozzle.uri });
    writeExtent(xml, frame, [point[0] - 2, point[1] - 2, 4, 4]);
    writePosition(xml, frame, point);
    const leaves = edge.direction === null ? undefined : (edge.direction === "forward") === atSource;
    writeConnectionPoints(
      document,
      nozzleId!,
      point,
      [point],
      leaves === undefined ? undefined : leaves ? "out" : "in",
    );
    writeDexpiAttributes(xml, { SubTagNameAssignmentClass: atSource ? edge.sourcePort : edge.targetPort });
    xml.close();
  }
  xml.close();
}
