import type { SheetResult } from "./score-sheet.ts";

/** Ways to spoil a result: a metric that does not fall with them measures nothing. */
export const CONTROLS: Record<string, (result: SheetResult) => SheetResult> = {
  "all classes wrong": (result) => ({
    ...result,
    symbols: result.symbols.map((symbol) => ({ ...symbol, class: `not ${symbol.class}` })),
    graph: {
      ...result.graph,
      nodes: result.graph.nodes.map((node) => (node.class ? { ...node, class: `not ${node.class}` } : node)),
    },
  }),
  "boxes moved": (result) => ({
    ...result,
    symbols: result.symbols.map((symbol) => ({ ...symbol, bbox: moved(symbol.bbox) })),
    graph: {
      ...result.graph,
      nodes: result.graph.nodes.map((node) => (node.bbox ? { ...node, bbox: moved(node.bbox) } : node)),
    },
  }),
  "half dropped": (result) => ({
    ...result,
    symbols: result.symbols.filter((_, i) => i % 2 === 0),
    junctions: result.junctions.filter((_, i) => i % 2 === 0),
    graph: { ...result.graph, edges: result.graph.edges.filter((_, i) => i % 2 === 0) },
  }),
  "all lines joined": (result) => ({
    ...result,
    junctions: result.junctions.map((junction) => ({
      ...junction,
      kind: junction.kind === "plain" || junction.kind === "bridge" ? ("cross" as const) : junction.kind,
    })),
    graph: joined(result.graph),
  }),
};

function moved([x, y, w, h]: [number, number, number, number]): [number, number, number, number] {
  return [x + w, y + h, w, h];
}

/** Every crossing becomes a node that both its lines end at. */
function joined(graph: SheetResult["graph"]): SheetResult["graph"] {
  const nodes = [...graph.nodes];
  let edges = [...graph.edges];
  graph.crossings.forEach((crossing, i) => {
    const id = `joined${i}`;
    nodes.push({ id, type: "cross", center: crossing.at });
    edges = edges.flatMap((edge) =>
      crossing.edges.includes(edge.id)
        ? [
            { ...edge, id: `${edge.id}a${i}`, target: id },
            { ...edge, id: `${edge.id}b${i}`, source: id },
          ]
        : [edge],
    );
  });
  return { ...graph, nodes, edges, crossings: [] };
}
