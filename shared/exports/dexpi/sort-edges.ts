import type { Graph, GraphEdge, GraphNode } from "#shared/messages";
import { type DexpiClass, dexpiClass, inlineInstrument, PIPE_CROSS, PIPE_TEE } from "./component-class.ts";

/** A graph told apart into what DEXPI keeps apart: pipes that carry a fluid, and lines that carry information. */
export interface SortedGraph {
  nodes: Map<string, GraphNode>;
  /** What each node is; nodes that are no item of their own (open ends, junctions of signals) are left out. */
  classes: Map<string, DexpiClass>;
  pipes: GraphEdge[];
  signals: GraphEdge[];
}

const SIGNAL_KINDS = new Set<GraphEdge["line"]>(["signal", "pneumatic", "hydraulic"]);

/**
 * Decides for every edge whether it is piping: signal, pneumatic and hydraulic lines are not, nor is a single process
 * line that ends at an instrument balloon (a measuring line). Then classifies every node by what meets it.
 */
export function sortEdges(graph: Graph): SortedGraph {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const fluidEnds = new Map<string, number>();
  for (const edge of graph.edges)
    if (!SIGNAL_KINDS.has(edge.line))
      for (const id of [edge.source, edge.target]) fluidEnds.set(id, (fluidEnds.get(id) ?? 0) + 1);

  const classes = new Map<string, DexpiClass>();
  for (const node of graph.nodes) {
    const found = classify(node, fluidEnds.get(node.id) ?? 0);
    if (found) classes.set(node.id, found);
  }
  const isBalloon = (id: string) => classes.get(id)?.part === "instrument";
  const pipes: GraphEdge[] = [];
  const signals: GraphEdge[] = [];
  for (const edge of graph.edges) {
    const informs = SIGNAL_KINDS.has(edge.line) || isBalloon(edge.source) || isBalloon(edge.target);
    (informs ? signals : pipes).push(edge);
  }
  return { nodes, classes, pipes, signals };
}

function classify(node: GraphNode, fluidEnds: number): DexpiClass | undefined {
  if (node.type === "endpoint" && fluidEnds < 2) return undefined;
  if (node.type === "tee" || node.type === "cross" || node.type === "endpoint")
    return fluidEnds === 0 ? undefined : fluidEnds > 3 ? PIPE_CROSS : PIPE_TEE;
  if (node.type === "offpage") return dexpiClass("offpage_connector", false);
  const found = dexpiClass(node.class, fluidEnds === 2);
  if (found.part === "instrument" && fluidEnds >= 2) return inlineInstrument(node.class ?? "instrument");
  return found;
}
