import type { Board } from "./board.ts";
import { HORIZONTAL, pointOf, STOP, VERTICAL } from "./grid.ts";
import type { PlanCrossing } from "./types.ts";

/** Finds where two lines pass each other and decides which one jumps, if any. */
export function findCrossings(board: Board): PlanCrossing[] {
  const { grid, drafting, random } = board;
  const out: PlanCrossing[] = [];
  for (let v = 0; v < grid.flags.length; v++) {
    const flag = grid.flags[v]!;
    if (flag & STOP || !(flag & HORIZONTAL) || !(flag & VERTICAL)) continue;
    const [h, w] = [board.horizontal[v], board.vertical[v]];
    if (!h || !w) continue;
    const horizontalJumps =
      drafting.jumps === "random" ? random.chance(0.5) : drafting.jumps === "horizontal";
    out.push({
      at: pointOf(grid, v),
      kind: random.chance(drafting.jumpChance) ? "bridge" : "plain",
      edges: horizontalJumps ? [h, w] : [w, h],
    });
  }
  return out;
}
