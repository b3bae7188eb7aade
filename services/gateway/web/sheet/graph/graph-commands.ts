import type { Graph, GraphEdge, GraphNode } from "#shared/messages";
import { type Box, clamp, type Point } from "../edit/geometry.ts";
import { attachPoint } from "./attach-point.ts";
import { withCrossings } from "./crossings.ts";

/** Which end of an edge. */
export type End = "source" | "target";

const nextId = (prefix: string, items: readonly { id: string }[]): string => {
  const numbers = items.map(({ id }) => Number(id.match(/^[a-z](\d{1,9})$/)?.[1] ?? 0));
  let number = numbers.reduce((a, b) => Math.max(a, b), 0) + 1;
  const taken = new Set(items.map(({ id }) => id));
  while (taken.has(`${prefix}${number}`)) number++;
  return `${prefix}${number}`;
};

const within = (graph: Graph, [x, y]: Point): Point => [
  clamp(Math.round(x), 0, graph.sheet.widthPx),
  clamp(Math.round(y), 0, graph.sheet.heightPx),
];

const changeEdge = (graph: Graph, id: string, to: (edge: GraphEdge) => GraphEdge): Graph => ({
  ...graph,
  edges: graph.edges.map((edge) => (edge.id === id ? to(edge) : edge)),
});

/** Adds a node; gives its id too. A symbol wants a box and a class. */
export function addNode(graph: Graph, node: Omit<GraphNode, "id">): { graph: Graph; id: string } {
  const id = nextId("n", graph.nodes);
  return {
    graph: { ...graph, nodes: [...graph.nodes, { ...node, id, center: within(graph, node.center) }] },
    id,
  };
}

/** Changes what a node is; its confidence was about what it was. */
export function setNode(
  graph: Graph,
  id: string,
  change: Partial<Pick<GraphNode, "type" | "class" | "tag">>,
): Graph {
  return {
    ...graph,
    nodes: graph.nodes.map((node) => {
      if (node.id !== id) return node;
      const { score: _was, ...rest } = { ...node, ...change };
      if (rest.tag === "") delete rest.tag;
      return rest;
    }),
  };
}

/** A person has looked and found it right. */
export const confirmNode = (graph: Graph, id: string): Graph => setNode(graph, id, {});

/** Moves nodes; ends of their lines go along. */
export function moveNodes(graph: Graph, ids: readonly string[], dx: number, dy: number): Graph {
  const { widthPx, heightPx } = graph.sheet;
  const moved = graph.nodes.filter((node) => ids.includes(node.id));
  if (moved.length === 0) return graph;
  const right = Math.round(
    clamp(
      dx,
      Math.max(...moved.map((n) => -n.center[0])),
      Math.min(...moved.map((n) => widthPx - n.center[0])),
    ),
  );
  const down = Math.round(
    clamp(
      dy,
      Math.max(...moved.map((n) => -n.center[1])),
      Math.min(...moved.map((n) => heightPx - n.center[1])),
    ),
  );
  if (right === 0 && down === 0) return graph;
  const shift = ([x, y]: Point): Point => within(graph, [x + right, y + down]);
  const touched: string[] = [];
  const edges = graph.edges.map((edge) => {
    const first = ids.includes(edge.source);
    const last = ids.includes(edge.target);
    if (!first && !last) return edge;
    touched.push(edge.id);
    const end = edge.points.length - 1;
    const points = edge.points.map((point, i) =>
      (first && last) || (first && i === 0) || (last && i === end) ? shift(point) : point,
    );
    return { ...edge, points };
  });
  const nodes = graph.nodes.map((node) => {
    if (!ids.includes(node.id)) return node;
    const bbox =
      node.bbox && ([node.bbox[0] + right, node.bbox[1] + down, node.bbox[2], node.bbox[3]] as Box);
    return { ...node, center: shift(node.center), ...(bbox ? { bbox } : {}) };
  });
  return withCrossings({ ...graph, nodes, edges }, touched);
}

/** Removes nodes with the lines that end at them, and edges, and what crossed them. */
export function remove(graph: Graph, ids: readonly string[]): Graph {
  const gone = new Set(ids);
  const nodes = graph.nodes.filter((node) => !gone.has(node.id));
  const edges = graph.edges.filter(
    (edge) => !gone.has(edge.id) && !gone.has(edge.source) && !gone.has(edge.target),
  );
  if (nodes.length === graph.nodes.length && edges.length === graph.edges.length) return graph;
  const left = new Set(edges.map((edge) => edge.id));
  const crossings = graph.crossings.filter((crossing) => crossing.edges.every((id) => left.has(id)));
  return { ...graph, nodes, edges, crossings };
}

/** Joins two nodes by a line; gives its id too. It looks like the line that the source has already. */
export function addEdge(
  graph: Graph,
  source: string,
  target: string,
  bends: readonly Point[] = [],
): { graph: Graph; id: string } | null {
  const from = graph.nodes.find((node) => node.id === source);
  const to = graph.nodes.find((node) => node.id === target);
  if (!from || !to || (source === target && bends.length < 2)) return null;
  const like = graph.edges.find((edge) => edge.source === source || edge.target === source);
  const id = nextId("e", graph.edges);
  const edge: GraphEdge = {
    id,
    source,
    target,
    points: [
      within(graph, attachPoint(from, bends[0] ?? to.center)),
      ...bends.map((point) => within(graph, point)),
      within(graph, attachPoint(to, bends.at(-1) ?? from.center)),
    ],
    line: like?.line ?? "process",
    style: like?.style ?? "solid",
    direction: null,
    widthPx: like?.widthPx ?? 0,
  };
  return { graph: withCrossings({ ...graph, edges: [...graph.edges, edge] }, [id]), id };
}

/** Lets one end of an edge lead to another node. */
export function reconnect(graph: Graph, id: string, end: End, nodeId: string): Graph {
  const node = graph.nodes.find((each) => each.id === nodeId);
  const edge = graph.edges.find((each) => each.id === id);
  if (!node || !edge || edge[end] === nodeId) return graph;
  const done = changeEdge(graph, id, (old) => {
    const { sourcePort, targetPort, ...rest } = old;
    const points = [...old.points];
    if (end === "source") points[0] = within(graph, attachPoint(node, points[1] as Point));
    else points[points.length - 1] = within(graph, attachPoint(node, points.at(-2) as Point));
    // A port belongs to the symbol the line has left.
    const ports = end === "source" ? { targetPort } : { sourcePort };
    const kept = Object.fromEntries(Object.entries(ports).filter(([, port]) => port !== undefined));
    return { ...rest, ...kept, [end]: nodeId, points };
  });
  return withCrossings(done, [id]);
}

/** Changes kind, style or direction of a line. */
export function setEdge(
  graph: Graph,
  ids: readonly string[],
  change: Partial<Pick<GraphEdge, "line" | "style" | "direction" | "tag">>,
): Graph {
  return {
    ...graph,
    edges: graph.edges.map((edge) => (ids.includes(edge.id) ? { ...edge, ...change } : edge)),
  };
}

export function movePoint(graph: Graph, id: string, index: number, to: Point): Graph {
  const done = changeEdge(graph, id, (edge) => ({
    ...edge,
    points: edge.points.map((point, i) => (i === index ? within(graph, to) : point)),
  }));
  return withCrossings(done, [id]);
}

/** Puts a bend into a line before the point of that index. */
export function insertPoint(graph: Graph, id: string, index: number, at: Point): Graph {
  const done = changeEdge(graph, id, (edge) => ({
    ...edge,
    points: [...edge.points.slice(0, index), within(graph, at), ...edge.points.slice(index)],
  }));
  return withCrossings(done, [id]);
}

/** Takes a bend out of a line; its ends stay. */
export function removePoint(graph: Graph, id: string, index: number): Graph {
  const edge = graph.edges.find((each) => each.id === id);
  if (!edge || index <= 0 || index >= edge.points.length - 1) return graph;
  const points = edge.points.filter((_, i) => i !== index);
  return withCrossings(
    changeEdge(graph, id, (old) => ({ ...old, points })),
    [id],
  );
}

/** Makes a tee of a place on a line: two lines are left, and a node to join a third to. */
export function splitEdge(
  graph: Graph,
  id: string,
  segment: number,
  at: Point,
): { graph: Graph; id: string } | null {
  const edge = graph.edges.find((each) => each.id === id);
  if (!edge) return null;
  const center = within(graph, at);
  const added = addNode(graph, { type: "tee", center });
  const second = nextId("e", graph.edges);
  const { targetPort, ...head } = edge;
  const { sourcePort: _left, ...tail } = edge;
  const halves: GraphEdge[] = [
    { ...head, target: added.id, points: [...edge.points.slice(0, segment + 1), center] },
    { ...tail, id: second, source: added.id, points: [center, ...edge.points.slice(segment + 1)] },
  ];
  const edges = graph.edges.flatMap((each) => (each.id === id ? halves : [each]));
  // What crossed the line crosses one of its halves.
  const kept = graph.crossings.filter((crossing) => !crossing.edges.includes(id));
  const lost = graph.crossings.filter((crossing) => crossing.edges.includes(id));
  const whole = withCrossings({ ...added.graph, edges, crossings: kept }, [id, second], lost);
  return { graph: whole, id: added.id };
}

/** Takes a node out of the line that runs through it: its two lines become one. Null unless it has exactly two. */
export function dissolve(graph: Graph, nodeId: string): { graph: Graph; id: string } | null {
  const ends = graph.edges.filter((edge) => edge.source === nodeId || edge.target === nodeId);
  const [first, second] = ends;
  if (ends.length !== 2 || !first || !second) return null;
  if (first.source === first.target || second.source === second.target) return null;
  const forward = first.target === nodeId;
  const head = forward ? first : reversed(first);
  const tail = second.source === nodeId ? second : reversed(second);
  const { targetPort: _gone, ...rest } = head;
  const merged: GraphEdge = {
    ...rest,
    target: tail.target,
    ...(tail.targetPort === undefined ? {} : { targetPort: tail.targetPort }),
    direction: head.direction ?? tail.direction,
    points: [...head.points, ...tail.points.slice(samePoint(head.points.at(-1), tail.points[0]) ? 1 : 0)],
  };
  const lost = graph.crossings.filter((crossing) => crossing.edges.includes(second.id));
  const edges = graph.edges.flatMap((edge) =>
    edge.id === first.id ? [merged] : edge.id === second.id ? [] : [edge],
  );
  const nodes = graph.nodes.filter((node) => node.id !== nodeId);
  const crossings = graph.crossings.filter((crossing) => !crossing.edges.includes(second.id));
  return { graph: withCrossings({ ...graph, nodes, edges, crossings }, [first.id], lost), id: first.id };
}

const samePoint = (a: Point | undefined, b: Point | undefined) => a?.[0] === b?.[0] && a?.[1] === b?.[1];

/** The same line told from its other end. */
function reversed(edge: GraphEdge): GraphEdge {
  const { sourcePort, targetPort, ...rest } = edge;
  return {
    ...rest,
    source: edge.target,
    target: edge.source,
    points: [...edge.points].reverse(),
    direction: edge.direction === null ? null : edge.direction === "forward" ? "backward" : "forward",
    ...(targetPort === undefined ? {} : { sourcePort: targetPort }),
    ...(sourcePort === undefined ? {} : { targetPort: sourcePort }),
  };
}
