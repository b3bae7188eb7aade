import type { Graph, GraphEdge, Point } from "#shared/messages";
import { attachments, type Touch } from "../symbols/attachments.ts";
import { fitClass } from "../symbols/known-drawing.ts";
import { nodeBox } from "../symbols/node-box.ts";
import type { Fit } from "../symbols/orient.ts";
import { createNamePool, type NamePool } from "../xml/create-name-pool.ts";
import { type Chain, chainPipes } from "./chain-pipes.ts";
import { type SortedGraph, sortEdges } from "./sort-edges.ts";

/** One end of a pipe at a node, numbered as its connection point: 1 is the first, the main inlet of a valve. */
export interface PipeEnd {
  edge: GraphEdge;
  atSource: boolean;
  point: Point;
  /** Nozzle of its own, at equipment. */
  nozzleId?: string;
}

/** Everything the writers of the parts need to know of one another. */
export interface Layout extends SortedGraph {
  graph: Graph;
  chains: Chain[];
  /** XML id of every node that is an item. */
  ids: Map<string, string>;
  /** Pipe ends of each node, in the order of its connection points. */
  ends: Map<string, PipeEnd[]>;
  /** Where any line meets each node. */
  touched: Map<string, Touch[]>;
  /** How each symbol of our own catalogue is drawn. */
  fits: Map<string, Fit>;
  /** Makes further ids of the same document. */
  newId: NamePool;
}

const PREFIXES = {
  equipment: "Equipment",
  piping: "PipingComponent",
  instrument: "Instrument",
  offpage: "OffPage",
};

/** Sorts the graph, chains its pipes and names everything, before anything is written. */
export function layOut(graph: Graph): Layout {
  const sorted = sortEdges(graph);
  const unique = createNamePool();
  const newId: NamePool = (wanted) => unique(wanted.replace(/[^A-Za-z0-9_.-]/g, "_"));
  const ids = new Map<string, string>();
  for (const [id, { part }] of sorted.classes) ids.set(id, newId(`${PREFIXES[part]}-${id}`));

  const chains = chainPipes(sorted.pipes, (id) => {
    const part = sorted.classes.get(id)?.part;
    return part === "piping" || part === undefined;
  });
  const ends = new Map<string, PipeEnd[]>();
  const arrive = (nodeId: string, edge: GraphEdge, atSource: boolean) => {
    const isEquipment = sorted.classes.get(nodeId)?.part === "equipment";
    const end: PipeEnd = {
      edge,
      atSource,
      point: atSource ? edge.points[0]! : edge.points[edge.points.length - 1]!,
      ...(isEquipment ? { nozzleId: newId(`Nozzle-${nodeId}-${edge.id}`) } : {}),
    };
    const list = ends.get(nodeId);
    if (list) list.push(end);
    else ends.set(nodeId, [end]);
  };
  for (const { steps, nodes } of chains)
    steps.forEach(({ edge, turned }, i) => {
      arrive(nodes[i]!, edge, !turned);
      arrive(nodes[i + 1]!, edge, turned);
    });
  const touched = attachments(graph);
  const fits = new Map<string, Fit>();
  for (const [id] of sorted.classes) {
    const node = sorted.nodes.get(id)!;
    const fit = fitClass(node.class, nodeBox(node), touched.get(id) ?? []);
    if (fit && (node.type === "symbol" || node.type === "offpage")) fits.set(id, fit);
  }
  return { ...sorted, graph, chains, ids, ends, touched, fits, newId };
}

/** What a pipe is connected to at one end, as `Connection` names it; undefined at an open end. */
export function connectionOf(
  layout: Layout,
  nodeId: string,
  edge: GraphEdge,
  atSource: boolean,
): { id: string; node: number } | undefined {
  const id = layout.ids.get(nodeId);
  if (id === undefined) return undefined;
  const ends = layout.ends.get(nodeId) ?? [];
  const index = ends.findIndex((end) => end.edge === edge && end.atSource === atSource);
  const nozzleId = ends[index]?.nozzleId;
  return nozzleId ? { id: nozzleId, node: 1 } : { id, node: index + 1 };
}

/** An off-page connector that only signals reach is written with them. */
export function signalsOnly(layout: Layout, id: string): boolean {
  return !layout.ends.has(id) && (layout.touched.get(id)?.length ?? 0) > 0;
}
