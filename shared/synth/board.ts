import { type Shape, symbolClass } from "#shared/symbols";
import {
  columnOf,
  dx,
  dy,
  FREE,
  type Grid,
  HORIZONTAL,
  pointOf,
  STOP,
  step,
  VERTICAL,
  verticesIn,
} from "./grid.ts";
import { inkBox, type SheetPort } from "./placed.ts";
import type { Random } from "./random.ts";
import { type Goals, route } from "./route.ts";
import type { Drafting, LineStyle, PlacedSymbol, PlanEdge, PlanEnd, PlanNode, Point } from "./types.ts";

/** A sheet that grows: the grid, what stands on it, and which edge owns each vertex per axis. */
export interface Board {
  grid: Grid;
  random: Random;
  drafting: Drafting;
  nodes: PlanNode[];
  edges: PlanEdge[];
  horizontal: (PlanEdge | undefined)[];
  vertical: (PlanEdge | undefined)[];
  /** Ports already used, as "node:index". */
  used: Set<string>;
  /** Tees by vertex. */
  tees: Map<number, PlanNode>;
  nextId: number;
}

export const createBoard = (grid: Grid, random: Random, drafting: Drafting): Board => ({
  grid,
  random,
  drafting,
  nodes: [],
  edges: [],
  horizontal: new Array(grid.flags.length),
  vertical: new Array(grid.flags.length),
  used: new Set(),
  tees: new Map(),
  nextId: 1,
});

/** Chooses a drawing of a class: mostly the variant this sheet prefers. */
export function chooseShape(board: Board, name: string): Shape {
  const foreign = board.drafting.foreign.get(name);
  if (foreign && board.random.chance(0.8)) return foreign;
  const variants = symbolClass(name)!.variants;
  const preferred = board.drafting.variants.get(name) ?? 0;
  return board.random.chance(0.7) ? variants[preferred % variants.length]! : board.random.pick(variants);
}

/** Vertices a symbol keeps for itself: its ink box and a margin in cells. */
export function footprint(board: Board, symbol: PlacedSymbol, at: Point, margin: number): number[] {
  const [x0, y0, x1, y1] = inkBox(symbol, at);
  const m = margin * board.grid.cell;
  return verticesIn(board.grid, x0 - m, y0 - m, x1 + m, y1 + m);
}

/** True when the whole box with its margin lies on the grid and nothing is there yet. */
export function isFree(board: Board, symbol: PlacedSymbol, at: Point, margin: number): boolean {
  const { grid } = board;
  const [x0, y0, x1, y1] = inkBox(symbol, at);
  const m = margin * grid.cell;
  if (x0 - m < grid.origin[0] || y0 - m < grid.origin[1]) return false;
  if (x1 + m > grid.origin[0] + (grid.columns - 1) * grid.cell) return false;
  if (y1 + m > grid.origin[1] + (grid.rows - 1) * grid.cell) return false;
  return (
    footprint(board, symbol, at, margin).every((v) => grid.flags[v] === FREE) &&
    clearOfSymbols(board, symbol, at)
  );
}

/** True when no other symbol's ink comes closer than a sixth of a cell. */
export function clearOfSymbols(board: Board, symbol: PlacedSymbol, at: Point): boolean {
  const m = board.grid.cell / 6;
  const [x0, y0, x1, y1] = inkBox(symbol, at);
  return board.nodes.every((n) => {
    if (!n.symbol) return true;
    const [a, b, c, d] = inkBox(n.symbol, n.at);
    return c + m < x0 || a - m > x1 || d + m < y0 || b - m > y1;
  });
}

/** Adds a node; a symbol's footprint is closed to lines. */
export function addNode(board: Board, node: Omit<PlanNode, "id">, margin = 0.3): PlanNode {
  const made: PlanNode = { id: `n${board.nextId++}`, ...node };
  board.nodes.push(made);
  if (made.symbol)
    for (const v of footprint(board, made.symbol, made.at, margin)) board.grid.flags[v]! |= STOP;
  return made;
}

/** The first free-standing vertex outside a port, at least 0.3 cells away; -1 outside the grid. */
export function accessVertex(board: Board, port: SheetPort): number {
  const { grid } = board;
  const far = grid.cell * 0.3;
  const x = (port.at[0] + dx[port.heading]! * far - grid.origin[0]) / grid.cell;
  const y = (port.at[1] + dy[port.heading]! * far - grid.origin[1]) / grid.cell;
  const out = (value: number, d: number) =>
    d > 0 ? Math.ceil(value - 1e-6) : d < 0 ? Math.floor(value + 1e-6) : Math.round(value);
  const column = out(x, dx[port.heading]!);
  const row = out(y, dy[port.heading]!);
  if (column < 0 || row < 0 || column >= grid.columns || row >= grid.rows) return -1;
  return row * grid.columns + column;
}

/** How a new line looks. */
export interface LineLook {
  style: LineStyle;
  line: "process" | "signal";
  widthPx: number;
  colour: number;
}

const opposite = (h: number) => (h + 2) % 4;

/** Joins two ports; undefined when no way was found. */
export function connectPorts(
  board: Board,
  from: PlanEnd & { at: SheetPort },
  to: PlanEnd & { at: SheetPort },
  look: LineLook,
): PlanEdge | undefined {
  const a = openAccess(board, from.at);
  const b = openAccess(board, to.at);
  if (a < 0 || b < 0) return undefined;
  const anyButBack = 15 & ~(1 << to.at.heading);
  const path = route(board.grid, a, from.at.heading, new Map([[b, anyButBack]]));
  return path && commit(board, from, from.at.at, path, to, to.at.at, look);
}

/** Joins a port to the nearest of several lines by a tee. */
export function connectToLine(
  board: Board,
  from: PlanEnd & { at: SheetPort },
  targets: readonly number[],
  look: LineLook,
  dot: boolean,
): PlanEdge | undefined {
  const a = openAccess(board, from.at);
  if (a < 0) return undefined;
  const goals = teeGoals(board, targets);
  if (!goals.size) return undefined;
  const path = route(board.grid, a, from.at.heading, goals);
  if (!path || path.length < 2) return undefined;
  const end = path[path.length - 1]!;
  const node = joinAt(board, end, dot);
  return commit(board, from, from.at.at, path, { node }, pointOf(board.grid, end), look);
}

/** Starts a branch with a tee on a line and takes it to a port. */
export function branchToPort(
  board: Board,
  vertex: number,
  to: PlanEnd & { at: SheetPort },
  look: LineLook,
  dot: boolean,
): PlanEdge | undefined {
  const edge = connectToLine(board, to, [vertex], look, dot);
  if (!edge) return undefined;
  reverse(edge);
  return edge;
}

/** Joins two lines by a branch with a tee at both ends. */
export function branchToLine(
  board: Board,
  vertex: number,
  targets: readonly number[],
  look: LineLook,
  dot: boolean,
): PlanEdge | undefined {
  const { grid } = board;
  const sides = freeSides(board, vertex);
  if (!sides.length) return undefined;
  const heading = board.random.pick(sides);
  const first = step(grid, vertex, heading);
  if (first < 0 || grid.flags[first] !== FREE) return undefined;
  const goals = teeGoals(board, targets);
  goals.delete(vertex);
  const path = route(grid, first, heading, goals);
  if (!path || path.length < 3) return undefined;
  const end = path[path.length - 1]!;
  const a = joinAt(board, vertex, dot);
  const b = joinAt(board, end, dot);
  return commit(
    board,
    { node: a },
    pointOf(grid, vertex),
    [vertex, ...path],
    { node: b },
    pointOf(grid, end),
    look,
  );
}

/** Vertices of lines where a branch may start: straight, carrying one line, not at its ends. */
export function teeVertices(board: Board, edge: PlanEdge): number[] {
  const { flags } = board.grid;
  const inner = edge.vertices.slice(1, -1);
  return inner.filter((v) => flags[v] === HORIZONTAL || flags[v] === VERTICAL);
}

/** The tee on a vertex, if there is one. */
const teeAt = (board: Board, vertex: number): PlanNode | undefined => board.tees.get(vertex);

/** Headings in which a line may leave a vertex of another line, or the open side of a tee. */
function freeSides(board: Board, vertex: number): number[] {
  const flag = board.grid.flags[vertex]!;
  const tee = teeAt(board, vertex);
  if (tee?.type === "tee") {
    const taken = new Set(board.edges.flatMap((e) => armsAt(e, tee)));
    return [0, 1, 2, 3].filter((h) => !taken.has(h));
  }
  return flag === HORIZONTAL ? [0, 2] : flag === VERTICAL ? [1, 3] : [];
}

/** Headings in which an edge leaves a node. */
function armsAt(edge: PlanEdge, node: PlanNode): number[] {
  const n = edge.points.length;
  const arm = (a: Point, b: Point) => (a[0] === b[0] ? (b[1] < a[1] ? 0 : 2) : b[0] > a[0] ? 1 : 3);
  const out: number[] = [];
  if (edge.from.node === node) out.push(arm(edge.points[0]!, edge.points[1]!));
  if (edge.to.node === node) out.push(arm(edge.points[n - 1]!, edge.points[n - 2]!));
  return out;
}

function teeGoals(board: Board, targets: readonly number[]): Map<number, number> {
  const goals = new Map<number, number>();
  for (const v of targets) {
    let bits = 0;
    for (const side of freeSides(board, v)) bits |= 1 << opposite(side);
    if (bits) goals.set(v, bits);
  }
  return goals satisfies Goals as Map<number, number>;
}

function openAccess(board: Board, port: SheetPort): number {
  const v = accessVertex(board, port);
  if (v < 0) return -1;
  const { flags } = board.grid;
  // The margin of the port's own symbol may close its access vertex; ink of others never does, they keep their distance.
  if (flags[v] === STOP && ownMargin(board, v, port)) flags[v] = FREE;
  return flags[v] === FREE ? v : -1;
}

function ownMargin(board: Board, v: number, port: SheetPort): boolean {
  const [x, y] = pointOf(board.grid, v);
  return (
    board.nodes.every((n) => {
      if (!n.symbol) return n.at[0] !== x || n.at[1] !== y;
      const [x0, y0, x1, y1] = inkBox(n.symbol, n.at);
      const own = port.at[0] >= x0 && port.at[0] <= x1 && port.at[1] >= y0 && port.at[1] <= y1;
      const m = own ? 0 : 0.3 * board.grid.cell;
      return x <= x0 - m || x >= x1 + m || y <= y0 - m || y >= y1 + m;
    }) &&
    !board.horizontal[v] &&
    !board.vertical[v]
  );
}

/** Turns a vertex of a line into a tee, cutting the line in two. */
function joinAt(board: Board, vertex: number, dot: boolean): PlanNode {
  const { grid } = board;
  const tee = teeAt(board, vertex);
  if (tee) {
    tee.type = "cross";
    // Without a dot four arms read as two lines that pass each other, unless every such pair jumps on this sheet.
    tee.dot = tee.dot || board.drafting.jumpChance < 1 || dot;
    return tee;
  }
  const edge = (grid.flags[vertex]! & HORIZONTAL ? board.horizontal : board.vertical)[vertex]!;
  const at = pointOf(grid, vertex);
  const node = addNode(board, { type: "tee", at, dot });
  cutEdge(board, edge, vertex, vertex, { node }, at, { node }, at);
  grid.flags[vertex] = STOP;
  board.tees.set(vertex, node);
  return node;
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

function commit(
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

function reverse(edge: PlanEdge): void {
  [edge.from, edge.to] = [edge.to, edge.from];
  edge.points.reverse();
  edge.vertices.reverse();
}
