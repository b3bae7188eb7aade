import type { Board } from "./board.ts";
import { branchToLine } from "./connect.ts";
import { columnOf, rowOf } from "./grid.ts";
import { insert } from "./inline.ts";
import { processLook } from "./lines.ts";
import { teeVertices } from "./tees.ts";
import type { PlanEdge } from "./types.ts";

/** Control valves between two block valves, with a hand valve in a bypass around them. */
export function addManifolds(board: Board, count: number): void {
  const { random } = board;
  for (let i = 0; i < count; i++) {
    const edge = random.pick(board.edges);
    if (edge?.line === "process") addManifold(board, edge);
  }
}

function addManifold(board: Board, edge: PlanEdge): void {
  const { grid, random } = board;
  const tees = teeVertices(board, edge);
  const span = random.int(7, 10);
  const pairs: [number, number][] = [];
  for (const a of tees)
    for (const b of tees) {
      const sameRow = rowOf(grid, a) === rowOf(grid, b) && columnOf(grid, b) - columnOf(grid, a) === span;
      const sameColumn = columnOf(grid, a) === columnOf(grid, b) && rowOf(grid, b) - rowOf(grid, a) === span;
      if (sameRow || sameColumn) pairs.push([a, b]);
    }
  if (!pairs.length) return;
  const [a, b] = random.pick(pairs);
  const bypass = branchToLine(board, a, [b], processLook(board), random.chance(board.drafting.dotChance));
  if (!bypass) return;
  insert(board, bypass, random.pick(["globe_valve", "gate_valve", "ball_valve", "needle_valve"]));
  const middle = board.edges.find((e) => e.vertices.includes(a) && e.vertices.includes(b) && e !== bypass);
  if (!middle) return;
  const rest = insert(
    board,
    middle,
    random.pick([
      "control_valve",
      "control_valve",
      "motor_operated_valve",
      "pressure_regulator",
      "steam_trap",
    ]),
  );
  if (!rest) return;
  insert(board, middle, "gate_valve");
  insert(board, rest, "gate_valve");
}
