import type { VisionGraph } from "./types.ts";

/**
 * Leaves out connected parts of a graph in which no line touches a symbol or an off-page connector or carries an arrow:
 * frames, tables and title blocks that were taken for lines. Symbols stay, connected or not.
 */
export function dropUnattached(graph: VisionGraph): VisionGraph {
  const links = new Map<string, string[]>();
  const link = (a: string, b: string) => links.set(a, [...(links.get(a) ?? []), b]);
  for (const { source, target } of graph.edges) {
    link(source, target);
    link(target, source);
  }
  const kept = new Set(graph.nodes.filter((node) => node.class !== undefined).map(({ id }) => id));
  for (const { source, direction } of graph.edges) if (direction) kept.add(source);
  const open = [...kept];
  for (let id = open.pop(); id !== undefined; id = open.pop())
    for (const next of links.get(id) ?? [])
      if (!kept.has(next)) {
        kept.add(next);
        open.push(next);
      }
  const edges = graph.edges.filter(({ source }) => kept.has(source));
  const ids = new Set(edges.map(({ id }) => id));
  return {
    ...graph,
    nodes: graph.nodes.filter(({ id }) => kept.has(id)),
    edges,
    crossings: graph.crossings.filter((crossing) => crossing.edges.every((id) => ids.has(id))),
  };
}
