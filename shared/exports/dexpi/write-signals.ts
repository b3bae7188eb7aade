import { make } from "./component-class.ts";
import type { Document } from "./document.ts";
import { signalsOnly } from "./lay-out.ts";
import type { Flow } from "./plan-signals.ts";
import { writeDexpiAttributes, writeOwnAttributes } from "./write-attributes.ts";
import { writeCenterLine } from "./write-center-line.ts";
import { itemAttributes, writeItemBody } from "./write-item.ts";

const CONVEYING = {
  signal: "ElectricalSignalConveying",
  pneumatic: "PneumaticSignalConveying",
  hydraulic: "HydraulicSignalConveying",
} as const;

/** Writes every instrument with the functions and signals it owns, then signals that join no instrument. */
export function writeInstrumentation(document: Document): void {
  const { layout, plan } = document;
  for (const [id, { part }] of layout.classes) if (part === "instrument") writeInstrument(document, id);
  for (const flow of plan.flows) if (flow.ownerId === undefined) writeFlow(document, flow);
}

function writeInstrument(document: Document, id: string): void {
  const { xml, layout, plan } = document;
  const node = layout.nodes.get(id)!;
  const dexpi = layout.classes.get(id)!;
  xml.open("ProcessInstrumentationFunction", itemAttributes(document, node, dexpi));
  writeItemBody(document, node);
  // ISA-5.1: the first letter is what is measured, the others what is done with it, then the loop number.
  const parts = /^\s*([A-Za-z])([A-Za-z]*)[\s\-_.]*(.*)$/.exec(node.tag ?? "");
  writeDexpiAttributes(xml, {
    ProcessInstrumentationFunctionCategoryAssignmentClass: parts?.[1],
    ProcessInstrumentationFunctionsAssignmentClass: parts?.[2],
    ProcessInstrumentationFunctionNumberAssignmentClass: parts ? parts[3] : node.tag,
  });
  writeOwnAttributes(xml, { SymbolClass: node.class, Score: node.score });
  for (const { flowId, role } of plan.atInstrument.get(id) ?? [])
    xml.leaf("Association", { Type: `is logical ${role} of`, ItemID: flowId });
  for (const flow of plan.byOwner.get(id) ?? []) {
    for (const end of flow.ends) writeFlowEnd(document, flow, end);
    writeFlow(document, flow);
  }
  xml.close();
}

function writeFlowEnd(
  document: Document,
  flow: Flow,
  { kind, itemId, nodeId, role }: Flow["ends"][number],
): void {
  const { xml, layout } = document;
  if (kind === "item") return;
  if (kind === "offpage") {
    writeSignalOffPage(document, "SignalOffPageConnector", nodeId, role, flow.id);
    return;
  }
  const name = kind === "sensing" ? "ProcessSignalGeneratingFunction" : "ActuatingFunction";
  const dexpi = make("instrument", name, "");
  xml.open(name, { ID: itemId, ComponentClass: dexpi.name, ComponentClassURI: dexpi.uri });
  writeDexpiAttributes(xml, { [`${name}NumberAssignmentClass`]: layout.nodes.get(nodeId)?.tag });
  xml.leaf("Association", { Type: `is logical ${role} of`, ItemID: flow.id });
  xml.leaf("Association", { Type: "is located in", ItemID: layout.ids.get(nodeId) });
  xml.close();
}

function writeSignalOffPage(
  document: Document,
  element: "SignalOffPageConnector" | "SignalConnectorSymbol",
  nodeId: string,
  role: "start" | "end",
  flowId: string | undefined,
): void {
  const { xml, layout } = document;
  const node = layout.nodes.get(nodeId)!;
  const dexpi = make(
    "offpage",
    role === "start" ? "FlowInSignalOffPageConnector" : "FlowOutSignalOffPageConnector",
    "",
  );
  const { TagName: _none, ComponentName: _shape, ...attributes } = itemAttributes(document, node, dexpi);
  xml.open(element, attributes);
  writeItemBody(document, node);
  writeOwnAttributes(xml, { SymbolClass: node.class, Score: node.score, Tag: node.tag });
  if (flowId) xml.leaf("Association", { Type: `is logical ${role} of`, ItemID: flowId });
  xml.close();
}

function writeFlow(document: Document, { id, signal, ends }: Flow): void {
  const { xml } = document;
  const [edge] = signal.edges;
  const dexpi = make("instrument", signal.measures ? "MeasuringLineFunction" : "SignalLineFunction", "");
  xml.open("InformationFlow", {
    ID: id,
    TagName: signal.edges.find(({ tag }) => tag)?.tag,
    ComponentClass: dexpi.name,
    ComponentClassURI: dexpi.uri,
  });
  writeDexpiAttributes(xml, {
    SignalConveyingTypeSpecialization: signal.measures
      ? undefined
      : edge!.style === "x-marked"
        ? "CapillarySignalConveying"
        : CONVEYING[edge!.line as keyof typeof CONVEYING],
  });
  for (const { role, itemId } of ends)
    xml.leaf("Association", { Type: `has logical ${role}`, ItemID: itemId });
  const [from, to] = [ends.find(({ role }) => role === "start"), ends.find(({ role }) => role === "end")];
  if (from || to) xml.leaf("Connection", { FromID: from?.itemId, ToID: to?.itemId });
  for (const line of signal.edges) writeCenterLine(document, line, line.direction === "backward");
  xml.close();
}

/** Off-page connectors of signals that no instrument owns; those of owned signals are written inside the instrument. */
export function writeLooseSignalConnectors(document: Document): void {
  const { layout, plan } = document;
  for (const [id, { part }] of layout.classes)
    if (part === "offpage" && signalsOnly(layout, id) && !plan.ownedConnectors.has(id))
      writeSignalOffPage(document, "SignalConnectorSymbol", id, "end", undefined);
}
