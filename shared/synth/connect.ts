import type { Board } from "./board.ts";
import { commit, type LineLook } from "./edges.ts";
import { dx, dy, FREE, pointOf, STOP, step } from "./grid.ts";
import { inkBox, type SheetPort } from "./placed.ts";
import { route } from "./route.ts";
import { freeSides, joinAt, teeGoals } from "./tees.ts";
import type { PlanEdge, PlanEnd } from "./types.ts";

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

/** The first free-standing vertex outside a port, at least 0.25 cells away, where footprints end; -1 outside the grid. */
export function accessVertex(board: Board, port: SheetPort): number {
  const { grid } = board;
  const far = grid.cell * 0.25;
  const x = (port.at[0] + dx[port.heading]! * far - grid.origin[0]) / grid.cell;
  const y = (port.at[1] + dy[port.heading]! * far - grid.origin[1]) / grid.cell;
  const out = (value: number, d: number) =>
    d > 0 ? Math.ceil(value - 1e-6) : d < 0 ? Math.floor(value + 1e-6) : Math.round(value);
  const column = out(x, dx[port.heading]!);
  const row = out(y, dy[port.heading]!);
  if (column < 0 || row < 0 || column >= grid.columns || row >= grid.rows) return -1;
  return row * grid.columns + column;
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
