import type { Graph, GraphNode } from "#shared/messages";
import { type Box, matchBoxes, matchPoints, type Point } from "#shared/vision";

/** What became of the edges of a graph. */
export interface ComparedEdges {
  /** Per edge found: whether the validated graph joins the same two places. */
  right: boolean[];
  /** Middles of the validated edges that were not found. */
  missing: Point[];
}

/** Compares a graph as found with the validated one: nodes by place (symbols by overlap), edges by the nodes they join. */
export function compareEdges(found: Graph, validated: Graph, reachPx: number): ComparedEdges {
  const same = matchNodes(found.nodes, validated.nodes, reachPx);
  const open = new Map<string, number[]>();
  const key = (a: string, b: string) => (a < b ? `${a}\n${b}` : `${b}\n${a}`);
  validated.edges.forEach((edge, i) => {
    const name = key(edge.source, edge.target);
    open.set(name, [...(open.get(name) ?? []), i]);
  });
  const taken = new Set<number>();
  const right = found.edges.map(({ source, target }) => {
    const [a, b] = [same.get(source), same.get(target)];
    const edge = a !== undefined && b !== undefined ? open.get(key(a, b))?.shift() : undefined;
    if (edge === undefined) return false;
    taken.add(edge);
    return true;
  });
  const missing = validated.edges
    .filter((_, i) => !taken.has(i))
    .map(({ points }) => points[points.length >> 1]!);
  return { right, missing };
}

/** Ids of the validated nodes that stand where the found ones do. */
function matchNodes(
  found: readonly GraphNode[],
  validated: readonly GraphNode[],
  reachPx: number,
): Map<string, string> {
  const same = new Map<string, string>();
  const boxed = (nodes: readonly GraphNode[]) =>
    nodes.filter((node): node is GraphNode & { bbox: Box } => node.bbox !== undefined);
  const bare = (nodes: readonly GraphNode[]) => nodes.filter((node) => node.bbox === undefined);
  const [foundBoxes, trueBoxes] = [boxed(found), boxed(validated)];
  for (const [t, f] of matchBoxes(trueBoxes, foundBoxes).pairs) same.set(foundBoxes[f]!.id, trueBoxes[t]!.id);
  const [foundPlaces, truePlaces] = [bare(found), bare(validated)];
  const pairs = matchPoints(
    truePlaces.map(({ center }) => center),
    foundPlaces.map(({ center }) => center),
    reachPx,
  );
  for (const [t, f] of pairs) same.set(foundPlaces[f]!.id, truePlaces[t]!.id);
  return same;
}
