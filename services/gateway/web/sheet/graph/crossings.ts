import type { Graph, GraphCrossing, GraphEdge } from "#shared/messages";
import { type Area, crossingOf, overlaps, type Point } from "../edit/geometry.ts";

/** How far a known crossing may be from where the lines meet now, in pixels, to be the same one: jumps are drawn wide. */
const SAME_PX = 24;
/** Lines that meet this close to their ends end at each other there; they do not cross. */
const END_PX = 3;

const areas = new WeakMap<GraphEdge, Area>();

/** The area of a line; kept, as lines are made anew when they change. */
export function edgeArea(edge: GraphEdge): Area {
  const known = areas.get(edge);
  if (known) return known;
  const area = { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity };
  for (const [x, y] of edge.points) {
    area.x0 = Math.min(area.x0, x);
    area.y0 = Math.min(area.y0, y);
    area.x1 = Math.max(area.x1, x);
    area.y1 = Math.max(area.y1, y);
  }
  areas.set(edge, area);
  return area;
}

const apart = (a: Point, b: Point) => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** Places where two lines pass each other. */
function meetings(a: GraphEdge, b: GraphEdge): Point[] {
  if (!overlaps(edgeArea(a), edgeArea(b))) return [];
  const ends = [a.points[0], a.points.at(-1), b.points[0], b.points.at(-1)] as Point[];
  const found: Point[] = [];
  for (let i = 1; i < a.points.length; i++)
    for (let j = 1; j < b.points.length; j++) {
      const at = crossingOf(a.points[i - 1]!, a.points[i]!, b.points[j - 1]!, b.points[j]!);
      if (!at || ends.some((end) => apart(end, at) <= END_PX) || found.some((each) => apart(each, at) < 1))
        continue;
      found.push([Math.round(at[0]), Math.round(at[1])]);
    }
  return found;
}

/**
 * The graph with the crossings of some lines found anew: a place where lines pass each other is an entry in `crossings`.
 * One that was known near there keeps its place and kind.
 * @param lost crossings of lines that these have replaced
 */
export function withCrossings(
  graph: Graph,
  edgeIds: readonly string[],
  lost: readonly GraphCrossing[] = [],
): Graph {
  const touched = new Set(edgeIds);
  const kept = graph.crossings.filter((crossing) => !crossing.edges.some((id) => touched.has(id)));
  const known = [...graph.crossings.filter((crossing) => !kept.includes(crossing)), ...lost];
  const found: GraphCrossing[] = [];
  for (const [i, edge] of graph.edges.entries()) {
    if (!touched.has(edge.id)) continue;
    for (const [j, other] of graph.edges.entries()) {
      if (other === edge || (touched.has(other.id) && j < i)) continue;
      for (const at of meetings(edge, other)) {
        const before = known.find((crossing) => apart(crossing.at, at) <= SAME_PX);
        found.push({ at: before?.at ?? at, kind: before?.kind ?? "plain", edges: [edge.id, other.id] });
      }
    }
  }
  return { ...graph, crossings: [...kept, ...found] };
}
