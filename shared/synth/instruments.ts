import { symbolClasses } from "#shared/symbols";
import type { Board } from "./board.ts";
import { connectPorts, connectToLine } from "./connect.ts";
import type { LineLook } from "./edges.ts";
import { columnOf, pointOf, rowOf, vertexAt } from "./grid.ts";
import { drop } from "./lines.ts";
import { freePorts, makeSymbol, tryPlace } from "./place-symbol.ts";
import { teeVertices } from "./tees.ts";
import type { PlanNode } from "./types.ts";

const balloons = symbolClasses.filter((c) => c.role === "balloon").map((c) => c.name);

/** Look of a signal line in the manner of the sheet. */
export function signalLook(board: Board): LineLook {
  const { drafting, random } = board;
  return {
    style: random.pick(drafting.signalStyles),
    line: "signal",
    widthPx: drafting.thinWidth,
    colour: 0,
  };
}

/** A balloon somewhere around a vertex. */
function balloonNear(board: Board, vertex: number, name: string, reach: number): PlanNode | undefined {
  const { grid, random } = board;
  const symbol = makeSymbol(board, name);
  for (let attempt = 0; attempt < 10; attempt++) {
    const c = columnOf(grid, vertex) + random.int(-reach, reach);
    const r = rowOf(grid, vertex) + random.int(-reach, reach);
    if (c < 1 || r < 1 || c >= grid.columns - 1 || r >= grid.rows - 1) continue;
    const node = tryPlace(board, symbol, pointOf(grid, vertexAt(grid, c, r)), 0.5);
    if (node) return node;
  }
  return undefined;
}

/** Control loops: a measuring balloon tapped into a line, a controller, and a signal to an actuated valve. */
export function addLoops(board: Board, count: number): void {
  const { random } = board;
  const actuated = random.shuffle(board.nodes.filter((n) => freePorts(board, n, "signal").length > 0));
  for (const valve of actuated) {
    const port = freePorts(board, valve, "signal")[0]!;
    const v = vertexNear(board, valve.at);
    const controller = random.chance(0.85) ? balloonNear(board, v, random.pick(balloons), 6) : undefined;
    if (!controller) continue;
    if (!join(board, controller, port)) drop(board, controller);
    else if (random.chance(0.7)) measure(board, controller);
  }
  for (let i = 0; i < count; i++) {
    if (random.chance(0.3)) {
      onEquipment(board);
      continue;
    }
    const edge = random.pick(board.edges);
    const tees = edge.line === "process" ? teeVertices(board, edge) : [];
    if (!tees.length) continue;
    const balloon = balloonNear(board, random.pick(tees), random.pick(balloons), 4);
    if (!balloon) continue;
    if (!tap(board, balloon, tees)) drop(board, balloon);
    else if (random.chance(0.4)) chain(board, balloon);
  }
}

/** A balloon that measures a vessel or exchanger, joined to one of its nozzles. */
function onEquipment(board: Board): void {
  const { random, drafting } = board;
  const hosts = board.nodes.filter((n) => n.symbol?.shape.walls);
  if (!hosts.length) return;
  const nozzles = freePorts(board, random.pick(hosts));
  if (!nozzles.length) return;
  const nozzle = random.pick(nozzles);
  const balloon = balloonNear(board, vertexNear(board, nozzle.at.at), random.pick(balloons), 5);
  if (!balloon) return;
  const look: LineLook = random.chance(0.6)
    ? { style: "solid", line: "process", widthPx: drafting.thinWidth, colour: 0 }
    : signalLook(board);
  if (!join(board, balloon, nozzle, look)) drop(board, balloon);
  else if (random.chance(0.4)) chain(board, balloon);
}

/** Grid vertex closest to a pixel. */
function vertexNear(board: Board, [x, y]: readonly [number, number]): number {
  const { grid } = board;
  return vertexAt(
    grid,
    Math.round((x - grid.origin[0]) / grid.cell),
    Math.round((y - grid.origin[1]) / grid.cell),
  );
}

function join(
  board: Board,
  balloon: PlanNode,
  port: ReturnType<typeof freePorts>[number],
  look: LineLook = signalLook(board),
): boolean {
  const ports = freePorts(board, balloon).sort((a, b) => gap(a.at.at, port.at.at) - gap(b.at.at, port.at.at));
  for (const own of ports.slice(0, 2)) {
    if (!connectPorts(board, own, port, look)) continue;
    board.used.add(own.key).add(port.key);
    return true;
  }
  return false;
}

const gap = (a: readonly number[], b: readonly number[]) => Math.abs(a[0]! - b[0]!) + Math.abs(a[1]! - b[1]!);

function measure(board: Board, controller: PlanNode): void {
  const edges = board.edges.filter(
    (e) => e.line === "process" && gap(e.points[0]!, controller.at) < 20 * board.grid.cell,
  );
  tap(
    board,
    controller,
    edges.flatMap((e) => teeVertices(board, e)),
  );
}

function tap(board: Board, balloon: PlanNode, tees: readonly number[]): boolean {
  const { random, drafting } = board;
  const look: LineLook = random.chance(0.5)
    ? { style: "solid", line: "process", widthPx: drafting.thinWidth, colour: 0 }
    : signalLook(board);
  for (const port of random.shuffle(freePorts(board, balloon)).slice(0, 3)) {
    if (!connectToLine(board, port, tees, look, false)) continue;
    board.used.add(port.key);
    return true;
  }
  return false;
}

/** A second balloon fed by the first. */
function chain(board: Board, first: PlanNode): void {
  const { random } = board;
  const v = vertexNear(board, first.at);
  const second = balloonNear(board, v, random.pick(balloons), 6);
  if (!second) return;
  const port = random.pick(freePorts(board, first));
  if (!port || !join(board, second, port)) drop(board, second);
}
