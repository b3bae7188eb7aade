import type { Graph, GraphEdge } from "#shared/messages";

/** A place where a line meets a node, in sheet pixels, and whether what flows there enters or leaves the node. */
export type Touch = readonly [x: number, y: number, flow?: "in" | "out"];

/** The places where lines meet each node, by node id. */
export function attachments(graph: Graph): Map<string, Touch[]> {
  const places = new Map<string, Touch[]>();
  const add = (id: string, edge: GraphEdge, atSource: boolean) => {
    const [x, y] = edge.points[atSource ? 0 : edge.points.length - 1]!;
    const flow =
      edge.direction === null ? undefined : (edge.direction === "forward") === atSource ? "out" : "in";
    const list = places.get(id);
    if (list) list.push([x, y, flow]);
    else places.set(id, [[x, y, flow]]);
  };
  for (const edge of graph.edges) {
    add(edge.source, edge, true);
    add(edge.target, edge, false);
  }
  return places;
}
