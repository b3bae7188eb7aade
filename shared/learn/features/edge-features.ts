import type { Graph } from "#shared/messages";
import { itemVector } from "./item-layout.ts";

/** Measures the edges of a graph; in its order. */
export function edgeFeatures(graph: Graph, unitPx: number): Float32Array[] {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const passes = new Map<string, number>();
  for (const { edges } of graph.crossings) for (const id of edges) passes.set(id, (passes.get(id) ?? 0) + 1);
  return graph.edges.map((edge) => {
    const ends = [nodes.get(edge.source)!, nodes.get(edge.target)!];
    const scores = ends.map(({ score }) => score ?? 1);
    let lengthPx = 0;
    for (let i = 1; i < edge.points.length; i++) {
      const [[ax, ay], [bx, by]] = [edge.points[i - 1]!, edge.points[i]!];
      lengthPx += Math.hypot(bx - ax, by - ay);
    }
    const endScore = Math.min(...scores);
    return itemVector({
      isEdge: 1,
      // An edge has no score of its own: it stands and falls with its ends.
      score: ends.some(({ type }) => type === "endpoint") ? 0.5 * endScore : endScore,
      sheetItemsLog: Math.log1p(graph.edges.length),
      lengthLog: Math.log1p(lengthPx / unitPx),
      corners: edge.points.length - 2,
      openEnds: ends.filter(({ type }) => type === "endpoint").length,
      symbolEnds: ends.filter(({ type }) => type === "symbol").length,
      isSolid: edge.style === "solid" ? 1 : 0,
      isUnknownStyle: edge.style === "unknown" ? 1 : 0,
      lineWidths: edge.widthPx / unitPx,
      passes: passes.get(edge.id) ?? 0,
      directed: edge.direction ? 1 : 0,
      endScore,
    });
  });
}
