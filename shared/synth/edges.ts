import type { Board } from "./board.ts";
import { columnOf, type Grid, HORIZONTAL, pointOf, STOP, VERTICAL } from "./grid.ts";
import type { LineStyle, PlanEdge, PlanEnd, Point } from "./types.ts";

/** How a new line looks. */
export interface LineLook {
  style: LineStyle;
  line: "process" | "signal";
  widthPx: number;
  colour: number;
}

/** Lays a line along vertices and marks what it takes. */
export function commit(
  board: Board,
  from: PlanEnd,
  a: Point,
  path: number[],
  to: PlanEnd,
  b: Point,
  look: LineLook,
): PlanEdge {
  const { grid } = board;
  const edge: PlanEdge = {
    id: `e${board.nextId++}`,
    from: { node: from.node, port: from.port, side: from.side },
    to: { node: to.node, port: to.port, side: to.side },
    points: corners(grid, a, path, b),
    vertices: path,
    gaps: [],
    ...look,
  };
  for (let i = 0; i < path.length; i++) {
    const v = path[i]!;
    const [p, n] = [path[i - 1], path[i + 1]];
    const inAxis = p === undefined ? undefined : along(grid, p, v);
    const outAxis = n === undefined ? undefined : along(grid, v, n);
    if (inAxis !== undefined && outAxis !== undefined && inAxis !== outAxis) grid.flags[v]! |= STOP;
    else grid.flags[v]! |= inAxis ?? outAxis ?? STOP;
  }
  markEnd(board, path[0]!, a);
  markEnd(board, path[path.length - 1]!, b);
  board.edges.push(edge);
  own(board, edge);
  return edge;
}

/**
 * Cuts an edge at two of its vertices (the same one for a tee). The piece between them goes; both rests keep look and style.
 * @returns the second rest, the first being the edge itself
 */
export function cutEdge(
  board: Board,
  edge: PlanEdge,
  before: number,
  after: number,
  left: PlanEnd,
  leftAt: Point,
  right: PlanEnd,
  rightAt: Point,
): PlanEdge {
  const i = edge.vertices.indexOf(before);
  const j = edge.vertices.indexOf(after);
  const tail = edge.vertices.slice(j);
  const rest: PlanEdge = {
    ...edge,
    id: `e${board.nextId++}`,
    from: right,
    vertices: tail,
    points: corners(board.grid, rightAt, tail, edge.points[edge.points.length - 1]!),
    gaps: [],
  };
  edge.to = left;
  edge.vertices = edge.vertices.slice(0, i + 1);
  edge.points = corners(board.grid, edge.points[0]!, edge.vertices, leftAt);
  board.edges.push(rest);
  own(board, rest);
  return rest;
}

/** The stub between a port and its access vertex makes that vertex a corner when the route turns there. */
function markEnd(board: Board, v: number, at: Point): void {
  const [x, y] = pointOf(board.grid, v);
  const axis = Math.abs(x - at[0]) > Math.abs(y - at[1]) ? HORIZONTAL : VERTICAL;
  const flags = board.grid.flags;
  if ((x !== at[0] || y !== at[1]) && !(flags[v]! & axis)) flags[v]! |= STOP;
}

function own(board: Board, edge: PlanEdge): void {
  const { grid } = board;
  for (const v of edge.vertices) {
    // At a crossing each axis has its own line; elsewhere both may be set without harm.
    const i = edge.vertices.indexOf(v);
    const [p, n] = [edge.vertices[i - 1], edge.vertices[i + 1]];
    for (const w of [p, n]) {
      if (w === undefined) continue;
      if (along(grid, v, w) === HORIZONTAL) board.horizontal[v] = edge;
      else board.vertical[v] = edge;
    }
    if (edge.vertices.length > 1) continue;
    // A piece between two symbols may have one vertex only; what crosses there keeps the other axis.
    for (let k = 1; k < edge.points.length; k++) {
      const level = edge.points[k]![1] === edge.points[k - 1]![1];
      (level ? board.horizontal : board.vertical)[v] = edge;
    }
  }
}

const along = (grid: Grid, a: number, b: number): number =>
  columnOf(grid, a) === columnOf(grid, b) ? VERTICAL : HORIZONTAL;

/** Pixel polyline through the vertices with only its ends and corners kept. */
export function corners(grid: Grid, a: Point, vertices: readonly number[], b: Point): Point[] {
  const all: Point[] = [a, ...vertices.map((v) => pointOf(grid, v)), b];
  const out: Point[] = [];
  for (const p of all) {
    const [q, r] = [out[out.length - 1], out[out.length - 2]];
    if (q && q[0] === p[0] && q[1] === p[1]) continue;
    if (q && r && ((r[0] === q[0] && q[0] === p[0]) || (r[1] === q[1] && q[1] === p[1]))) out.pop();
    out.push(p);
  }
  return out;
}
