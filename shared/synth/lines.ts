import { addNode, type Board } from "./board.ts";
import { branchToLine, connectPorts, connectToLine } from "./connect.ts";
import type { LineLook } from "./edges.ts";
import { FREE, headings, pointOf, STOP, vertexAt } from "./grid.ts";
import { freePorts, makeSymbol, tryPlace } from "./place-symbol.ts";
import { headingOf } from "./placed.ts";
import { teeVertices } from "./tees.ts";
import type { PlanNode } from "./types.ts";

/** Look of a new process line. */
export function processLook(board: Board): LineLook {
  const { drafting, random } = board;
  return {
    style: "solid",
    line: "process",
    widthPx: random.chance(0.25) ? drafting.thinWidth : drafting.processWidth,
    colour: random.chance(0.5) ? 0 : random.int(0, drafting.lineColours - 1),
  };
}

const dot = (board: Board) => board.random.chance(board.drafting.dotChance);

/** Leads ports of motifs on: to a connector at the edge of the sheet, to each other, or into a line. */
export function connectOpen(
  board: Board,
  open: readonly Ports[number][],
  equipment: readonly PlanNode[],
): void {
  const { grid, random } = board;
  const left = random.shuffle(open.filter((p) => !board.used.has(p.key)));
  for (let port = left.pop(); port; port = left.pop()) {
    const way = random.weighted({ connector: 3, port: 3, equipment: 2, line: 3 });
    let to: Ports[number] | undefined;
    if (way === "connector") {
      const right = port.at.at[0] > grid.origin[0] + (grid.columns * grid.cell) / 2;
      const column = right ? grid.columns - 1 - random.int(3, 4) : random.int(3, 4);
      const row = Math.round((port.at.at[1] - grid.origin[1]) / grid.cell) + random.int(-3, 3);
      if (row < 1 || row >= grid.rows - 1) continue;
      const end = endSymbol(board, "offpage_connector", vertexAt(grid, column, row), right ? 3 : 1);
      to = end && freePorts(board, end)[0];
      if (end && to && !connectPorts(board, port, to, processLook(board))) {
        drop(board, end);
        continue;
      }
    } else if (way === "port") {
      to = left.pop();
      if (to && !connectPorts(board, port, to, processLook(board))) continue;
    } else if (way === "equipment" && equipment.length) {
      to = freePorts(board, random.pick(equipment))[0];
      if (to && !connectPorts(board, port, to, processLook(board))) continue;
    }
    if (to) board.used.add(port.key).add(to.key);
    else if (connectToLine(board, port, allTees(board), processLook(board), dot(board)))
      board.used.add(port.key);
  }
}

/** Joins free process ports of equipment: port to port first, the rest by tees into what is there. */
export function connectEquipment(board: Board, nodes: readonly PlanNode[]): void {
  const { random } = board;
  const order = random.shuffle([...nodes]);
  for (const node of order) {
    const wanted = node.symbol!.shape.walls ? random.int(2, 5) : 4;
    for (const port of random.shuffle(freePorts(board, node)).slice(0, wanted)) {
      const others = order
        .filter((o) => o !== node)
        .sort((a, b) => far(a, node) - far(b, node))
        .slice(0, 6);
      const goal = random.pick(others);
      const target =
        goal && random.pick(freePorts(board, goal).length ? freePorts(board, goal) : [undefined]);
      let edge =
        target && random.chance(0.7) ? connectPorts(board, port, target, processLook(board)) : undefined;
      if (edge) board.used.add(target!.key);
      else edge = connectToLine(board, port, allTees(board), processLook(board), dot(board));
      if (edge) board.used.add(port.key);
    }
  }
}

type Ports = ReturnType<typeof freePorts>;

const far = (a: PlanNode, b: PlanNode) => Math.abs(a.at[0] - b.at[0]) + Math.abs(a.at[1] - b.at[1]);

/** Vertices of all process lines where a branch may start. */
export const allTees = (board: Board): number[] =>
  board.edges.filter((e) => e.line === "process").flatMap((e) => teeVertices(board, e));

/** Vertices of tees on process lines, in random order. */
function processTees(board: Board): number[] {
  const onSignal = new Set(
    board.edges.filter((e) => e.line === "signal").flatMap((e) => [e.from.node, e.to.node]),
  );
  const open = [...board.tees]
    .filter(([, node]) => node.type === "tee" && !onSignal.has(node))
    .map(([v]) => v);
  return board.random.shuffle(open);
}

/** Bypasses: branches from one line to another, a tee at both ends. */
export function addBypasses(board: Board, count: number): void {
  const { random } = board;
  for (let i = 0; i < count; i++) {
    const tees = allTees(board);
    if (tees.length < 2) return;
    const [joint] = random.chance(0.3) ? processTees(board) : [];
    const from = joint ?? random.pick(tees);
    const targets = random.shuffle(tees).slice(0, 12);
    // Now and then a branch meets an existing tee and makes four arms.
    if (random.chance(0.5)) targets.push(...processTees(board).slice(0, 8));
    branchToLine(board, from, targets, processLook(board), dot(board));
  }
}

/** Long headers from one side of the sheet to the other, ending at connectors; they carry many tees later. */
export function addHeaders(board: Board, count: number): void {
  const { grid, random } = board;
  for (let i = 0; i < count; i++) {
    const row = random.int(2, grid.rows - 3);
    const left = endSymbol(board, "offpage_connector", vertexAt(grid, random.int(3, 5), row), 3);
    const right = endSymbol(
      board,
      "offpage_connector",
      vertexAt(
        grid,
        grid.columns - 1 - random.int(3, 5),
        random.chance(0.5) ? row : random.int(2, grid.rows - 3),
      ),
      1,
    );
    const [a, b] = [left && freePorts(board, left)[0], right && freePorts(board, right)[0]];
    if (a && b) {
      const edge = connectPorts(board, a, b, processLook(board));
      if (edge) for (const p of [a, b]) board.used.add(p.key);
    }
    for (const p of [a, b]) {
      if (!p || board.used.has(p.key)) continue;
      if (connectToLine(board, p, allTees(board), processLook(board), dot(board))) board.used.add(p.key);
      else drop(board, p.node);
    }
  }
}

/** Short branches that end in a vent, drain, blind flange, off-page connector or nowhere. */
export function addStubs(board: Board, count: number): void {
  const { grid, random } = board;
  for (let i = 0; i < count; i++) {
    const name = random.weighted({
      vent: 3,
      drain: 3,
      blind_flange: 4,
      offpage_connector: 3,
      nothing: 2,
      arrow: 1,
    });
    const v = vertexAt(grid, random.int(1, grid.columns - 2), random.int(1, grid.rows - 2));
    if (grid.flags[v] !== FREE) continue;
    const turns = random.int(0, 3);
    // Now and then a branch ends at an existing tee and makes four arms.
    const goals = random.chance(0.3) ? [...allTees(board), ...processTees(board)] : allTees(board);
    const near = nearest(board, goals, v, 16);
    if (!near.length) continue;
    if (name === "nothing" || name === "arrow") {
      grid.flags[v]! |= STOP;
      const node = addNode(board, { type: name === "arrow" ? "offpage" : "endpoint", at: pointOf(grid, v) });
      const at = { name: "end", at: node.at, heading: turns, takes: "process" as const };
      const edge = connectToLine(board, { node, at: { ...at } }, near, processLook(board), dot(board));
      if (!edge) drop(board, node);
      continue;
    }
    const node = endSymbol(board, name, v, turns);
    const port = node && freePorts(board, node)[0];
    if (!port) continue;
    if (connectToLine(board, port, near, processLook(board), dot(board))) board.used.add(port.key);
    else drop(board, node);
  }
}

function nearest(board: Board, vertices: readonly number[], v: number, count: number): number[] {
  const [x, y] = pointOf(board.grid, v);
  const d = (w: number) => {
    const [a, b] = pointOf(board.grid, w);
    return Math.abs(a - x) + Math.abs(b - y);
  };
  return vertices
    .map((w) => [d(w), w] as const)
    .sort((a, b) => a[0] - b[0])
    .slice(0, count)
    .map(([, w]) => w);
}

/** Places a symbol that ends a line so that its line leaves with the heading given by `turns` (0 N, 1 E, 2 S, 3 W). */
export function endSymbol(board: Board, name: string, vertex: number, heading: number): PlanNode | undefined {
  const symbol = makeSymbol(board, name);
  const side = symbol.shape.ports[0]!.side;
  const turns = (heading - headings.indexOf(side) + 4) % 4;
  const turned = { ...symbol, turns };
  if (headingOf(turned, side) !== heading) return undefined;
  return tryPlace(board, turned, pointOf(board.grid, vertex), 0.6);
}

/** Takes a node nobody connected off the board again. */
export function drop(board: Board, node: PlanNode): void {
  board.nodes.splice(board.nodes.indexOf(node), 1);
}
