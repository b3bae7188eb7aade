import type { GraphNode } from "#shared/messages";
import type { Chain } from "./chain-pipes.ts";
import { make } from "./component-class.ts";
import type { Document } from "./document.ts";
import { connectionOf, signalsOnly } from "./lay-out.ts";
import { writeDexpiAttributes, writeOwnAttributes } from "./write-attributes.ts";
import { writeCenterLine } from "./write-center-line.ts";
import { itemAttributes, writeConnectionPoints, writeItemBody } from "./write-item.ts";
import { writeLocationOf } from "./write-location-of.ts";
import { writeOffPage } from "./write-off-page.ts";

const SYSTEM = make("piping", "PipingNetworkSystem", "", 270359);
const SEGMENT = make("piping", "PipingNetworkSegment", "", 267704);

/**
 * Writes all piping. Segments that meet in a tee, valve or fitting form one system; equipment separates systems. A
 * segment holds its components and centre lines in the order of flow, and names what it joins in `Connection`. A tee
 * lies in the first segment that reaches it; the others refer to it.
 */
export function writePiping(document: Document): void {
  const { layout } = document;
  const written = new Set<string>();
  for (const chains of systems(document)) {
    openSystem(document, chains.flatMap(({ steps }) => steps).find(({ edge }) => edge.tag)?.edge.tag);
    for (const chain of chains) writeSegment(document, chain, written);
    document.xml.close();
  }
  for (const [id, { part }] of layout.classes) {
    const onPipes = part === "piping" || (part === "offpage" && !signalsOnly(layout, id));
    if (!onPipes || written.has(id)) continue;
    openSystem(document, undefined);
    writeSegment(document, { steps: [], nodes: [id] }, written);
    document.xml.close();
  }
}

function openSystem({ xml, layout }: Document, tag: string | undefined): void {
  xml.open("PipingNetworkSystem", {
    ID: layout.newId("PipingNetworkSystem"),
    TagName: tag,
    ComponentClass: SYSTEM.name,
    ComponentClassURI: SYSTEM.uri,
  });
  writeDexpiAttributes(xml, { LineNumberAssignmentClass: tag });
}

/** Groups chains that share a node other than equipment, in the order they come. */
function systems({ layout }: Document): Chain[][] {
  const groups: Chain[][] = [];
  const groupOf = new Map<string, Chain[]>();
  for (const chain of layout.chains) {
    const shared = chain.nodes.filter((id) => layout.classes.get(id)?.part !== "equipment");
    const found = [...new Set(shared.map((id) => groupOf.get(id)).filter((group) => group !== undefined))];
    // The largest group takes the others in, so that merging stays cheap on a big sheet.
    const group =
      found.reduce<Chain[] | undefined>((a, b) => (a && a.length >= b.length ? a : b), undefined) ?? [];
    if (found.length === 0) groups.push(group);
    for (const other of found)
      if (other !== group) {
        for (const moved of other) {
          group.push(moved);
          for (const id of moved.nodes) if (groupOf.get(id) === other) groupOf.set(id, group);
        }
        other.length = 0;
      }
    group.push(chain);
    for (const id of shared) groupOf.set(id, group);
  }
  return groups.filter((group) => group.length > 0);
}

function writeSegment(document: Document, chain: Chain, written: Set<string>): void {
  const { xml, layout } = document;
  const tag = chain.steps.find(({ edge }) => edge.tag)?.edge.tag;
  xml.open("PipingNetworkSegment", {
    ID: layout.newId("PipingNetworkSegment"),
    TagName: tag,
    ComponentClass: SEGMENT.name,
    ComponentClassURI: SEGMENT.uri,
  });
  writeDexpiAttributes(xml, { SegmentNumberAssignmentClass: tag });
  chain.nodes.forEach((id, i) => {
    const node = layout.nodes.get(id)!;
    const part = layout.classes.get(id)?.part;
    if ((part === "piping" || part === "offpage") && !written.has(id)) {
      written.add(id);
      if (part === "piping") writeComponent(document, node);
      else writeOffPage(document, node);
    }
    const step = chain.steps[i];
    if (step) writeCenterLine(document, step.edge, step.turned);
  });
  const [first, last] = [chain.steps[0], chain.steps[chain.steps.length - 1]];
  if (first && last) {
    const from = connectionOf(layout, chain.nodes[0]!, first.edge, !first.turned);
    const to = connectionOf(layout, chain.nodes[chain.nodes.length - 1]!, last.edge, last.turned);
    if (from || to)
      xml.leaf("Connection", { FromID: from?.id, FromNode: from?.node, ToID: to?.id, ToNode: to?.node });
  }
  xml.close();
}

function writeComponent(document: Document, node: GraphNode): void {
  const { xml, layout } = document;
  const dexpi = layout.classes.get(node.id)!;
  const ends = layout.ends.get(node.id) ?? [];
  xml.open("PipingComponent", itemAttributes(document, node, dexpi));
  writeItemBody(document, node);
  if (ends.length > 0)
    writeConnectionPoints(
      document,
      layout.ids.get(node.id)!,
      node.center,
      ends.map(({ point }) => point),
      ends.length === 2 ? "through" : undefined,
    );
  writeDexpiAttributes(xml, {
    PipingComponentNumberAssignmentClass: node.tag,
    TypeNameAssignmentClass: dexpi.typeName,
  });
  writeOwnAttributes(xml, { SymbolClass: node.class ?? node.type, Score: node.score });
  writeLocationOf(document, node.id);
  xml.close();
}
