import type { Graph, GraphEdge, GraphNode } from "#shared/messages";
import { classTitle } from "../class-title.ts";
import { lengthPx } from "../geometry/place-along.ts";
import { nodeBox } from "../symbols/node-box.ts";
import { createNamePool } from "../xml/create-name-pool.ts";
import { createXmlWriter, type XmlWriter } from "../xml/create-xml-writer.ts";
import { dropForbidden } from "../xml/escape-xml.ts";
import { formatNumber } from "../xml/format-number.ts";
import { EDGE_KEYS, GRAPH_KEYS, NODE_KEYS, writeData, writeKeys } from "./keys.ts";
import { writeYedEdge, writeYedNode } from "./write-yed.ts";

/** Side of the dot yEd draws for a junction, in pixels. */
const DOT_PX = 8;

/** Options of {@link toGraphml}. */
export interface GraphmlOptions {
  /**
   * Adds yEd's own geometry, so that the graph opens there laid out as on the sheet.
   * @default true
   */
  yed?: boolean;
}

/**
 * Writes `graph.graphml` for networkx, Gephi and yEd, with typed node and edge attributes.
 *
 * Source and target are in the order of flow where it is known, and the attribute `direction` then says `forward`. The
 * graph is `directed` only when every edge has a direction: networkx refuses a file that mixes both kinds, which GraphML
 * itself would allow per edge.
 */
export function toGraphml(graph: Graph, options: GraphmlOptions = {}): string {
  const { yed = true } = options;
  const xml = createXmlWriter();
  xml.open("graphml", {
    xmlns: "http://graphml.graphdrawing.org/xmlns",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xmlns:y": "http://www.yworks.com/xml/graphml",
    "xsi:schemaLocation":
      "http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd",
  });
  writeKeys(xml);
  const directed = graph.edges.length > 0 && graph.edges.every((edge) => edge.direction !== null);
  xml.open("graph", { id: "G", edgedefault: directed ? "directed" : "undirected" });
  writeData(xml, GRAPH_KEYS, { ...graph.sheet, crossings: JSON.stringify(graph.crossings) });

  const unique = createNamePool();
  const ids = new Map(graph.nodes.map((node) => [node.id, unique(xmlId(node.id))]));
  for (const node of graph.nodes) writeNode(xml, node, ids.get(node.id)!, yed);
  const uniqueEdge = createNamePool();
  for (const edge of graph.edges) writeEdge(xml, edge, uniqueEdge(xmlId(edge.id)), ids, yed);
  xml.close();
  xml.close();
  return xml.document();
}

/** GraphML ids are NMTOKENs: whatever else our ids hold becomes `_`; the pool keeps the results apart. */
function xmlId(id: string): string {
  return dropForbidden(id).replace(/[^\p{L}\p{N}._:-]/gu, "_") || "_";
}

function writeNode(xml: XmlWriter, node: GraphNode, id: string, yed: boolean): void {
  const isSymbol = node.type === "symbol" || node.type === "offpage";
  const label = node.tag ?? (node.class ? classTitle(node.class) : node.type);
  xml.open("node", { id });
  // First, since networkx takes x and y from here too, as text; the typed ones that follow win.
  if (yed)
    writeYedNode(
      xml,
      isSymbol ? nodeBox(node) : nodeBox({ ...node, bbox: undefined }, DOT_PX),
      label,
      isSymbol,
    );
  writeData(xml, NODE_KEYS, {
    label,
    type: node.type,
    class: node.class,
    tag: node.tag,
    score: node.score,
    x: node.center[0],
    y: node.center[1],
    boxX: node.bbox?.[0],
    boxY: node.bbox?.[1],
    boxWidth: node.bbox?.[2],
    boxHeight: node.bbox?.[3],
  });
  xml.close();
}

function writeEdge(
  xml: XmlWriter,
  edge: GraphEdge,
  id: string,
  ids: Map<string, string>,
  yed: boolean,
): void {
  const turned = edge.direction === "backward";
  const points = turned ? [...edge.points].reverse() : edge.points;
  const [source, target] = turned ? [edge.target, edge.source] : [edge.source, edge.target];
  const [sourcePort, targetPort] = turned
    ? [edge.targetPort, edge.sourcePort]
    : [edge.sourcePort, edge.targetPort];
  const ends = { source: ids.get(source), target: ids.get(target) };
  const known = edge.direction !== null;
  xml.open("edge", { id, ...ends });
  if (yed) writeYedEdge(xml, edge, points, known);
  writeData(xml, EDGE_KEYS, {
    label: edge.tag ?? edge.line,
    tag: edge.tag,
    line: edge.line,
    style: edge.style,
    direction: known ? "forward" : "unknown",
    upstream: known ? ends.source : undefined,
    downstream: known ? ends.target : undefined,
    widthPx: edge.widthPx,
    lengthPx: Math.round(lengthPx(points) * 100) / 100,
    sourcePort,
    targetPort,
    points: points.map(([x, y]) => `${formatNumber(x)},${formatNumber(y)}`).join(" "),
  });
  xml.close();
}
