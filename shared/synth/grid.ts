import type { Side } from "#shared/symbols";
import type { Point } from "./types.ts";

/** What a vertex already carries. */
export const FREE = 0;
export const HORIZONTAL = 1;
export const VERTICAL = 2;
/** Symbols, bends, tees and ends: no line may pass or turn here. */
export const STOP = 4;

/** Vertices in rows; lines run along them only, so that overlap is a matter of flags. */
export interface Grid {
  columns: number;
  rows: number;
  cell: number;
  /** Pixel of vertex 0. */
  origin: Point;
  flags: Uint8Array;
}

/** A grid over a rectangle of the sheet. */
export function createGrid(x: number, y: number, width: number, height: number, cell: number): Grid {
  const columns = Math.max(4, Math.floor(width / cell) + 1);
  const rows = Math.max(4, Math.floor(height / cell) + 1);
  return { columns, rows, cell, origin: [x, y], flags: new Uint8Array(columns * rows) };
}

export const vertexAt = (grid: Grid, column: number, row: number): number => row * grid.columns + column;
export const columnOf = (grid: Grid, vertex: number): number => vertex % grid.columns;
export const rowOf = (grid: Grid, vertex: number): number => Math.floor(vertex / grid.columns);

/** Pixel of a vertex. */
export function pointOf(grid: Grid, vertex: number): Point {
  return [
    grid.origin[0] + columnOf(grid, vertex) * grid.cell,
    grid.origin[1] + rowOf(grid, vertex) * grid.cell,
  ];
}

/** Headings in clockwise order, and their steps. */
export const headings: readonly Side[] = ["N", "E", "S", "W"];
export const dx = [0, 1, 0, -1] as const;
export const dy = [-1, 0, 1, 0] as const;
export const axisOf = (heading: number): number => (heading % 2 ? HORIZONTAL : VERTICAL);

/** The vertex one step on, or -1 outside the grid. */
export function step(grid: Grid, vertex: number, heading: number): number {
  const column = columnOf(grid, vertex) + dx[heading]!;
  const row = rowOf(grid, vertex) + dy[heading]!;
  return column < 0 || row < 0 || column >= grid.columns || row >= grid.rows
    ? -1
    : vertexAt(grid, column, row);
}

/** Vertices inside a pixel box; empty when none. */
export function verticesIn(grid: Grid, x0: number, y0: number, x1: number, y1: number): number[] {
  const out: number[] = [];
  const c0 = Math.max(0, Math.ceil((x0 - grid.origin[0]) / grid.cell));
  const c1 = Math.min(grid.columns - 1, Math.floor((x1 - grid.origin[0]) / grid.cell));
  const r0 = Math.max(0, Math.ceil((y0 - grid.origin[1]) / grid.cell));
  const r1 = Math.min(grid.rows - 1, Math.floor((y1 - grid.origin[1]) / grid.cell));
  for (let r = r0; r <= r1; r++) for (let c = c0; c <= c1; c++) out.push(vertexAt(grid, c, r));
  return out;
}
