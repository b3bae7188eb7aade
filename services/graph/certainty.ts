import type { Graph } from "#shared/messages";

/** How sure one is of a line that ends in the open: real ones exist (vents, drains), missed symbols look the same. */
const OPEN_END = 0.5;

/** The least certain thing a person would look at: a junction, or a line that ends nowhere. 0 without a line. */
export function certaintyOf(graph: Graph, junctions: number): number {
  if (graph.edges.length === 0) return 0;
  return graph.nodes.some(({ type }) => type === "endpoint") ? Math.min(junctions, OPEN_END) : junctions;
}
