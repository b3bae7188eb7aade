import { type Shape, symbolClass } from "#shared/symbols";
import { FREE, type Grid, STOP, verticesIn } from "./grid.ts";
import { inkBox } from "./placed.ts";
import type { Random } from "./random.ts";
import type { Drafting, PlacedSymbol, PlanEdge, PlanNode, Point } from "./types.ts";

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
