import type { Graph, GraphEdge, Point } from "#shared/messages";

/** How level an edge runs near a point: 1 for horizontal, 0 for vertical. */
function levelness(edge: GraphEdge | undefined, [x, y]: Point): number {
  let best = 0;
  let nearest = Number.POSITIVE_INFINITY;
  for (let i = 1; i < (edge?.points.length ?? 0); i++) {
    const [x0, y0] = edge!.points[i - 1]!;
    const [x1, y1] = edge!.points[i]!;
    const length = Math.hypot(x1 - x0, y1 - y0);
    if (length === 0) continue;
    const along = Math.min(length, Math.max(0, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length));
    const away = Math.hypot(x - x0 - ((x1 - x0) * along) / length, y - y0 - ((y1 - y0) * along) / length);
    if (away < nearest) {
      nearest = away;
      best = Math.abs(x1 - x0) / length;
    }
  }
  return best;
}

/**
 * Where each edge is drawn jumping: at every `bridge` crossing one of the two lines jumps. The graph does not say which,
 * so the more level one does; a plain crossing has no jump.
 */
export function jumpsByEdge(graph: Graph): Map<string, Point[]> {
  const jumps = new Map<string, Point[]>();
  if (graph.crossings.length === 0) return jumps;
  const edges = new Map(graph.edges.map((edge) => [edge.id, edge]));
  for (const {
    at,
    kind,
    edges: [first, second],
  } of graph.crossings) {
    if (kind !== "bridge") continue;
    const jumper = levelness(edges.get(second), at) > levelness(edges.get(first), at) ? second : first;
    const places = jumps.get(jumper);
    if (places) places.push(at);
    else jumps.set(jumper, [at]);
  }
  return jumps;
}
