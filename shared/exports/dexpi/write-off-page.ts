import type { GraphNode } from "#shared/messages";
import { type DexpiClass, make } from "./component-class.ts";
import type { Document } from "./document.ts";
import { writeDexpiAttributes, writeOwnAttributes } from "./write-attributes.ts";
import { itemAttributes, writeConnectionPoints, writeItemBody } from "./write-item.ts";

/** Writes where a pipe leaves or enters the sheet. Flow that starts here comes in; anything else goes out. */
export function writeOffPage(document: Document, node: GraphNode): void {
  const { xml, layout } = document;
  const ends = layout.ends.get(node.id) ?? [];
  const comesIn = ends.some(({ edge, atSource }) => edge.direction === (atSource ? "forward" : "backward"));
  const dexpi: DexpiClass = comesIn
    ? make("offpage", "FlowInPipeOffPageConnector", "")
    : layout.classes.get(node.id)!;
  const { TagName: _none, ...attributes } = itemAttributes(document, node, dexpi);
  xml.open("PipeOffPageConnector", attributes);
  writeItemBody(document, node);
  if (ends.length > 0)
    writeConnectionPoints(
      document,
      layout.ids.get(node.id)!,
      node.center,
      ends.map(({ point }) => point),
      comesIn ? "out" : "in",
    );
  writeOwnAttributes(xml, { SymbolClass: node.class, Score: node.score, Tag: node.tag });
  if (node.tag) {
    const reference = make("offpage", "PipeOffPageConnectorReferenceByNumber", "");
    xml.open("PipeOffPageConnectorReference", {
      ID: layout.newId(`Reference-${node.id}`),
      ComponentClass: reference.name,
      ComponentClassURI: reference.uri,
    });
    writeDexpiAttributes(xml, { DrawingNumberAssignmentClass: node.tag });
    xml.close();
  }
  xml.close();
}
