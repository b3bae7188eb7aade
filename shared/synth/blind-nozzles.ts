import { superclassOf } from "#shared/symbols";
import type { Board } from "./board.ts";
import { dx, dy } from "./grid.ts";
import { freePorts } from "./place-symbol.ts";
import type { Plan, Point } from "./types.ts";

/** Nozzles and manholes of vessels that nothing is connected to: bare stubs, stubs with a stroke across or two, small boxes. */
export function addBlindNozzles(board: Board, plan: Plan): void {
  const { drafting, random } = board;
  if (!drafting.blindNozzles) return;
  const cell = board.grid.cell;
  // Exports with small symbols have small nozzles too.
  const size = Math.min(1, Math.max(0.35, drafting.module / cell)) * random.real(0.7, 1);
  for (const node of plan.nodes) {
    const family = node.symbol && superclassOf(node.symbol.name);
    if (family !== "vessel" && family !== "exchanger") continue;
    for (const { at: port } of freePorts(board, node)) {
      if (!random.chance(drafting.blindNozzles) || touched(plan, port.at, cell)) continue;
      const [ux, uy] = [dx[port.heading]!, dy[port.heading]!];
      const out = cell * size * random.real(0.25, 0.42);
      const half = cell * size * random.real(0.12, 0.2);
      const place = (s: number, d: number): Point => [
        port.at[0] + ux * s - uy * d,
        port.at[1] + uy * s + ux * d,
      ];
      const close = Math.max(3, drafting.symbolWidth * 2);
      const form = random.weighted({ flange: 3, pair: 1, bare: 1, box: 2, manhole: 2 });
      const walls = form === "manhole" ? [-half * 0.6, half * 0.6] : form === "box" ? [-half, half] : [0];
      const across = form === "bare" ? [] : form === "flange" || form === "box" ? [out] : [out, out - close];
      for (const d of walls) plan.ticks.push({ at: place(out / 2, d), from: place(0, d), to: place(out, d) });
      for (const s of across) plan.ticks.push({ at: place(s, 0), from: place(s, -half), to: place(s, half) });
    }
  }
}

/** Whether a line or a stroke is already nearer than most of a cell. */
function touched(plan: Plan, [x, y]: Point, cell: number): boolean {
  const near = (a: Point, b: Point) =>
    Math.min(a[0], b[0]) < x + cell * 0.7 &&
    Math.max(a[0], b[0]) > x - cell * 0.7 &&
    Math.min(a[1], b[1]) < y + cell * 0.7 &&
    Math.max(a[1], b[1]) > y - cell * 0.7;
  return (
    plan.edges.some((e) => e.points.some((p, i) => i > 0 && near(e.points[i - 1]!, p))) ||
    plan.ticks.some((t) => near(t.from, t.to))
  );
}
