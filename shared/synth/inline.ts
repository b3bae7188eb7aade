import { type Side, symbolClasses } from "#shared/symbols";
import { addNode, type Board, clearOfSymbols } from "./board.ts";
import { cutEdge } from "./edges.ts";
import { columnOf, FREE, HORIZONTAL, pointOf, rowOf, VERTICAL, verticesIn } from "./grid.ts";
import { makeSymbol, makeTag } from "./place-symbol.ts";
import { inkBox, sheetPorts } from "./placed.ts";
import type { PlacedSymbol, PlanEdge, PlanEnd, PlanNode, Point } from "./types.ts";

const inline = symbolClasses.filter((c) => c.role === "inline").map((c) => c.name);
const balloons = symbolClasses.filter((c) => c.role === "balloon").map((c) => c.name);

/** Puts valves, pumps, fittings and, on sheets drafted so, balloons into straight runs; each cuts its edge in two. */
export function addInlineSymbols(board: Board): void {
  const { random, drafting } = board;
  const queue = random.shuffle(board.edges.filter((e) => e.line === "process"));
  for (let edge = queue.pop(); edge; edge = queue.pop()) {
    if (!random.chance(drafting.inlineDensity)) continue;
    const rest = insert(board, edge, random.pick(random.chance(drafting.inlineBalloons) ? balloons : inline));
    if (rest) queue.push(edge, rest);
  }
}

/** Tries the places of an edge in random order; the second half of the edge comes back when one fits. */
export function insert(board: Board, edge: PlanEdge, name: string): PlanEdge | undefined {
  const { grid, random } = board;
  const base = makeSymbol(board, name, 0, random.chance(0.3));
  const ports = base.shape.ports;
  const upright = balloons.includes(name);
  if (upright && ports.length < 4) return undefined;
  const along = upright ? ports : ports.filter((p) => p.side === "E" || p.side === "W");
  const half =
    Math.max(...along.map((p) => Math.max(Math.abs(p.x), upright ? Math.abs(p.y) : 0))) * base.scale;
  const reach = Math.max(1, Math.ceil((half + grid.cell * 0.25) / grid.cell));
  const places = edge.vertices.map((_, i) => i).slice(reach, -reach || undefined);
  for (const i of random.shuffle(places).slice(0, 8)) {
    const run = edge.vertices.slice(i - reach, i + reach + 1);
    if (!straight(board, run)) continue;
    const v = edge.vertices[i]!;
    const way = heading(board, run);
    // Balloons stay upright, so that their bar lies level, and are entered at any side.
    const symbol = { ...base, turns: upright ? 0 : way, mirrored: base.mirrored && !upright };
    const at = pointOf(grid, v);
    if (!roomAside(board, symbol, at, run)) continue;
    return putIn(
      board,
      edge,
      symbol,
      at,
      run[0]!,
      run[run.length - 1]!,
      upright ? entered[way]! : ["W", "E"],
    );
  }
  return undefined;
}

/** Sides of an upright symbol where a line going east, south, west or north comes in and leaves. */
const entered: readonly [Side, Side][] = [
  ["W", "E"],
  ["N", "S"],
  ["E", "W"],
  ["S", "N"],
];

/** Quarter turns that carry east along the run. */
export function heading(board: Board, run: readonly number[]): number {
  const { grid } = board;
  const [a, b] = [run[0]!, run[run.length - 1]!];
  if (rowOf(grid, a) === rowOf(grid, b)) return columnOf(grid, b) > columnOf(grid, a) ? 0 : 2;
  return rowOf(grid, b) > rowOf(grid, a) ? 1 : 3;
}

/** Whether vertices lie on one straight piece of one line, free of all else between its ends. */
export function straight(board: Board, run: readonly number[]): boolean {
  const { grid } = board;
  const sameRow = run.every((v) => rowOf(grid, v) === rowOf(grid, run[0]!));
  const sameColumn = run.every((v) => columnOf(grid, v) === columnOf(grid, run[0]!));
  if (!sameRow && !sameColumn) return false;
  const flag = sameRow ? HORIZONTAL : VERTICAL;
  return run.slice(1, -1).every((v) => grid.flags[v] === flag);
}

/** Whether a symbol laid over a run meets neither other symbols nor other lines. */
export function roomAside(board: Board, symbol: PlacedSymbol, at: Point, run: readonly number[]): boolean {
  const { grid } = board;
  const [x0, y0, x1, y1] = inkBox(symbol, at);
  const m = 0.25 * grid.cell;
  const own = new Set(run);
  if (!clearOfSymbols(board, symbol, at) || !onSheet(board, symbol, at)) return false;
  return verticesIn(grid, x0 - m, y0 - m, x1 + m, y1 + m).every((v) => own.has(v) || grid.flags[v] === FREE);
}

/** The frame leaves most of a cell around the grid. */
function onSheet(board: Board, symbol: PlacedSymbol, at: Point): boolean {
  const { grid } = board;
  const [x0, y0, x1, y1] = inkBox(symbol, at);
  const m = 0.5 * grid.cell;
  const [right, bottom] = [
    grid.origin[0] + (grid.columns - 1) * grid.cell,
    grid.origin[1] + (grid.rows - 1) * grid.cell,
  ];
  return x0 > grid.origin[0] - m && y0 > grid.origin[1] - m && x1 < right + m && y1 < bottom + m;
}

function putIn(
  board: Board,
  edge: PlanEdge,
  symbol: PlacedSymbol,
  at: Point,
  before: number,
  after: number,
  sides: readonly [Side, Side],
): PlanEdge {
  const tag = makeTag(board, symbol.name);
  const node = addNode(
    board,
    {
      type: "symbol",
      at,
      symbol: tag ? { ...symbol, letters: tag.letters, number: tag.number } : symbol,
      tag: tag?.tag,
    },
    0.25,
  );
  const [w, e] = [endOf(board, node, sides[0]), endOf(board, node, sides[1])];
  return cutEdge(board, edge, before, after, w.end, w.at, e.end, e.at);
}

/** The end of an edge at the port on a side, which is taken from now on. */
export function endOf(board: Board, node: PlanNode, side: Side): { end: PlanEnd; at: Point } {
  const ports = sheetPorts(node.symbol!, node.at);
  const i = node.symbol!.shape.ports.findIndex((p) => p.side === side);
  board.used.add(`${node.id}:${i}`);
  return { end: { node, port: ports[i]!.name }, at: ports[i]!.at };
}
