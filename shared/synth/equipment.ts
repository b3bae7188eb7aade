import { symbolClasses } from "#shared/symbols";
import type { Board } from "./board.ts";
import { pointOf, vertexAt } from "./grid.ts";
import { makeSymbol, tryPlace } from "./place-symbol.ts";
import type { PlanNode } from "./types.ts";

const free = symbolClasses.filter((c) => c.role === "equipment");
const big = free.filter((c) => c.superclass !== "valve").map((c) => c.name);
const small = free.filter((c) => c.superclass === "valve").map((c) => c.name);

/** Scatters free-standing equipment and multi-way valves over the sheet. */
export function placeEquipment(board: Board, density: number): PlanNode[] {
  const { grid, random } = board;
  const area = grid.columns * grid.rows;
  const out: PlanNode[] = [];
  const scatter = (names: readonly string[], count: number, margin: number, turning: boolean) => {
    for (let i = 0; i < count; i++) {
      const symbol = makeSymbol(
        board,
        random.pick(names),
        turning ? random.int(0, 3) : 0,
        turning && random.chance(0.5),
      );
      for (let attempt = 0; attempt < 6; attempt++) {
        const v = vertexAt(grid, random.int(1, grid.columns - 2), random.int(1, grid.rows - 2));
        const node = tryPlace(board, symbol, pointOf(grid, v), margin);
        if (node) {
          out.push(node);
          break;
        }
      }
    }
  };
  scatter(big, Math.max(2, Math.round((area / 210) * density)), 1.8, false);
  scatter(small, Math.max(2, Math.round((area / 260) * density)), 1.3, true);
  return out;
}
