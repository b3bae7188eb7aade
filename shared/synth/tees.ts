import { addNode, type Board } from "./board.ts";
import { cutEdge } from "./edges.ts";
import { HORIZONTAL, pointOf, STOP, VERTICAL } from "./grid.ts";
import type { PlanEdge, PlanNode, Point } from "./types.ts";

/** Vertices of lines where a branch may start: straight, carrying one line, not at its ends. */
export function teeVertices(board: Board, edge: PlanEdge): number[] {
  const { flags } = board.grid;
  const inner = edge.vertices.slice(1, -1);
  return inner.filter((v) => flags[v] === HORIZONTAL || flags[v] === VERTICAL);
}

/** The tee on a vertex, if there is one. */
const teeAt = (board: Board, vertex: number): PlanNode | undefined => board.tees.get(vertex);

/** Headings in which a line may leave a vertex of another line, or the open side of a tee. */
export function freeSides(board: Board, vertex: number): number[] {
  const flag = board.grid.flags[vertex]!;
  const tee = teeAt(board, vertex);
  if (tee?.type === "tee") {
    const taken = new Set(board.edges.flatMap((e) => armsAt(e, tee)));
    return [0, 1, 2, 3].filter((h) => !taken.has(h));
  }
  return flag === HORIZONTAL ? [0, 2] : flag === VERTICAL ? [1, 3] : [];
}

/** Headings in which an edge leaves a node. */
function armsAt(edge: PlanEdge, node: PlanNode): number[] {
  const n = edge.points.length;
  const arm = (a: Point, b: Point) => (a[0] === b[0] ? (b[1] < a[1] ? 0 : 2) : b[0] > a[0] ? 1 : 3);
  const out: number[] = [];
  if (edge.from.node === node) out.push(arm(edge.points[0]!, edge.points[1]!));
  if (edge.to.node === node) out.push(arm(edge.points[n - 1]!, edge.points[n - 2]!));
  return out;
}

/** Those of the vertices where a line may arrive, with the headings it may have. */
export function teeGoals(board: Board, targets: readonly number[]): Map<number, number> {
  const goals = new Map<number, number>();
  for (const v of targets) {
    let bits = 0;
    for (const side of freeSides(board, v)) bits |= 1 << ((side + 2) % 4);
    if (bits) goals.set(v, bits);
  }
  return goals;
}

/** Turns a vertex of a line into a tee, cutting the line in two. */
export function joinAt(board: Board, vertex: number, dot: boolean): PlanNode {
  const { grid } = board;
  const tee = teeAt(board, vertex);
  if (tee) {
    tee.type = "cross";
    // Without a dot four arms read as two lines that pass each other.
    tee.dot = true;
    return tee;
  }
  const edge = (grid.flags[vertex]! & HORIZONTAL ? board.horizontal : board.vertical)[vertex]!;
  const at = pointOf(grid, vertex);
  const node = addNode(board, { type: "tee", at, dot });
  cutEdge(board, edge, vertex, vertex, { node }, at, { node }, at);
  grid.flags[vertex] = STOP;
  board.tees.set(vertex, node);
  return node;
}
