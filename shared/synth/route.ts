import { axisOf, columnOf, FREE, type Grid, HORIZONTAL, rowOf, STOP, step, VERTICAL } from "./grid.ts";

/** Where a route may end: vertex → bit set of headings (1 << heading) with which it may arrive. */
export type Goals = ReadonlyMap<number, number>;

export interface RouteOptions {
  /** Price of a bend, in steps. @default 4 */
  bend?: number;
  /** Price of crossing another line. @default 3 */
  crossing?: number;
  /** Longest route tried, in steps. @default 400 */
  limit?: number;
}

/**
 * Cheapest orthogonal way from a vertex, leaving with a heading, to one of the goals. Lines never share a piece of the grid;
 * they may cross at right angles where both run straight.
 * @returns the vertices from start to goal, or undefined when there is no way
 */
export function route(
  grid: Grid,
  start: number,
  heading: number,
  goals: Goals,
  options: RouteOptions = {},
): number[] | undefined {
  const { bend = 4, crossing = 3, limit = 400 } = options;
  const { flags } = grid;
  if (flags[start] !== FREE && !goals.has(start)) return undefined;
  const cost = new Map<number, number>();
  const before = new Map<number, number>();
  const buckets: number[][] = [];
  const target = goals.size === 1 ? [...goals.keys()][0]! : -1;
  const guess = (v: number) =>
    target < 0
      ? 0
      : Math.abs(columnOf(grid, v) - columnOf(grid, target)) + Math.abs(rowOf(grid, v) - rowOf(grid, target));
  const push = (state: number, c: number, from: number) => {
    if (c > limit || c >= (cost.get(state) ?? Infinity)) return;
    cost.set(state, c);
    before.set(state, from);
    const key = c + guess(state >> 2);
    buckets[key] ??= [];
    buckets[key].push(state);
  };
  push(start * 4 + heading, 0, -1);
  for (let key = 0; key < buckets.length; key++) {
    const bucket = buckets[key];
    if (!bucket) continue;
    for (let i = 0; i < bucket.length; i++) {
      const state = bucket[i]!;
      const c = cost.get(state)!;
      const [v, h] = [state >> 2, state & 3];
      if (c + guess(v) < key) continue;
      if ((goals.get(v) ?? 0) & (1 << h)) {
        const path = trace(before, state);
        // A way that crosses itself is no line a drafter would draw.
        return new Set(path).size === path.length ? path : undefined;
      }
      if (goals.has(v) && v !== start) continue;
      const straightOnly = flags[v] !== FREE;
      for (let turn = -1; turn <= 1; turn++) {
        if (turn && straightOnly) continue;
        const next = (h + turn + 4) % 4;
        const w = step(grid, v, next);
        if (w < 0) continue;
        const isGoal = (goals.get(w) ?? 0) & (1 << next);
        const flag = flags[w]!;
        if (!isGoal && (flag & STOP || flag & axisOf(next))) continue;
        const crosses = !isGoal && flag & (HORIZONTAL | VERTICAL) ? crossing : 0;
        push(w * 4 + next, c + 1 + (turn ? bend : 0) + crosses, state);
      }
    }
  }
  return undefined;
}

function trace(before: ReadonlyMap<number, number>, end: number): number[] {
  const out: number[] = [];
  for (let s = end; s >= 0; s = before.get(s)!) out.push(s >> 2);
  return out.reverse();
}
