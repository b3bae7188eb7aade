import type { Board } from "./board.ts";
import { HORIZONTAL, pointOf, STOP, VERTICAL } from "./grid.ts";
import type { PlanCrossing, PlanEdge } from "./types.ts";

/** Finds where two lines pass each other and decides which one jumps or stops short, if any. */
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
    const at = pointOf(grid, v);
    const bridge = random.chance(drafting.jumpChance);
    const edges: [PlanEdge, PlanEdge] = horizontalJumps ? [h, w] : [w, h];
    out.push({ at, kind: bridge ? "bridge" : "plain", edges });
    if (bridge || !drafting.breaks) continue;
    const half = drafting.jumpRadius;
    edges[0].gaps.push(
      horizontalJumps
        ? [
            [at[0] - half, at[1]],
            [at[0] + half, at[1]],
          ]
        : [
            [at[0], at[1] - half],
            [at[0], at[1] + half],
          ],
    );
  }
  return out;
}
