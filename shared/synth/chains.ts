import { addNode, type Board } from "./board.ts";
import { cutEdge } from "./edges.ts";
import { pointOf } from "./grid.ts";
import { endOf, heading, roomAside, straight } from "./inline.ts";
import { makeSymbol, makeTag } from "./place-symbol.ts";
import { extent } from "./placed.ts";
import type { PlacedSymbol, PlanEdge, Point } from "./types.ts";

const valve = [
  "gate_valve",
  "gate_valve",
  "globe_valve",
  "ball_valve",
  "ball_valve",
  "check_valve",
  "butterfly_valve",
  "needle_valve",
  "plug_valve",
];
const flange = ["flange"];
const reducer = ["reducer"];
/** What piping engineers bolt together. */
const chains: readonly (readonly (readonly string[])[])[] = [
  [flange, valve, flange],
  [flange, valve, flange],
  [flange, valve, flange, reducer],
  [reducer, flange, valve, flange, reducer],
  [reducer, valve],
  [reducer, valve, reducer],
  [valve, valve],
  [valve, ["spectacle_blind"], flange],
  [flange, ["strainer", "orifice_plate", "flow_meter", "expansion_joint"], flange],
  [valve, ["strainer", "filter", "steam_trap"], valve],
];

/** Puts chains of parts that touch each other into straight runs, as plant design exports show them. */
export function addChains(board: Board): void {
  const { random, drafting } = board;
  for (const edge of random.shuffle(board.edges.filter((e) => e.line === "process")))
    if (random.chance(drafting.chains)) insertChain(board, edge);
}

function insertChain(board: Board, edge: PlanEdge): void {
  const { grid, random } = board;
  const parts = random
    .pick(chains)
    .map((names) => makeSymbol(board, random.pick(names), 0, random.chance(0.3)));
  const spans = parts.map(span);
  if (spans.some((s) => !s)) return;
  // Symbols keep their whole strokes; between them is no white, or a pixel or two of line.
  const gap = Math.max(...parts.map((p) => p.strokeWidth)) + random.pick([0.2, 0.2, 1.5, 2.5]);
  const centres: number[] = [];
  let end = 0;
  for (const [i, s] of spans.entries()) {
    if (i) end += gap;
    centres.push(end + s! / 2);
    end += s!;
  }
  const reach = Math.max(1, Math.ceil((end / 2 + grid.cell * 0.25) / grid.cell));
  const places = edge.vertices.map((_, i) => i).slice(reach, -reach);
  for (const i of random.shuffle(places).slice(0, 6)) {
    const run = edge.vertices.slice(i - reach, i + reach + 1);
    if (!straight(board, run)) continue;
    const way = heading(board, run);
    const [x, y] = pointOf(grid, edge.vertices[i]!);
    const [ux, uy] = [[1, 0, -1, 0][way]!, [0, 1, 0, -1][way]!];
    const spots = centres.map((c): Point => [x + ux * (c - end / 2), y + uy * (c - end / 2)]);
    const placed = parts.map((p) => ({ ...p, turns: way }));
    if (!placed.every((p, k) => roomAside(board, p, spots[k]!, run))) continue;
    join(board, edge, placed, spots, run);
    return;
  }
}

/** Length along the line in px, what leans over the ports included; undefined when the ports are not level. */
function span({ shape, scale }: PlacedSymbol): number | undefined {
  const [w, e] = [shape.ports.find((p) => p.side === "W"), shape.ports.find((p) => p.side === "E")];
  if (!w || !e || w.y !== 0 || e.y !== 0) return undefined;
  const [x0, , x1] = extent(shape);
  return 2 * Math.max(-x0, x1, -w.x, e.x) * scale;
}

/** Adds the parts and the short pieces of line between them, and cuts their edge around them. */
function join(
  board: Board,
  edge: PlanEdge,
  parts: readonly PlacedSymbol[],
  spots: readonly Point[],
  run: readonly number[],
): void {
  const nodes = parts.map((symbol, i) => {
    const tag = makeTag(board, symbol.name);
    const named = tag ? { ...symbol, letters: tag.letters, number: tag.number } : symbol;
    return addNode(board, { type: "symbol", at: spots[i]!, symbol: named, tag: tag?.tag }, 0.25);
  });
  const ends = nodes.map((node) => [endOf(board, node, "W"), endOf(board, node, "E")] as const);
  for (let i = 1; i < ends.length; i++) {
    const [from, to] = [ends[i - 1]![1], ends[i]![0]];
    const { style, line, widthPx, colour } = edge;
    const id = `e${board.nextId++}`;
    const points = [from.at, to.at];
    board.edges.push({
      id,
      from: from.end,
      to: to.end,
      points,
      vertices: [],
      gaps: [],
      style,
      line,
      widthPx,
      colour,
    });
  }
  const [first, last] = [ends[0]![0], ends[ends.length - 1]![1]];
  cutEdge(board, edge, run[0]!, run[run.length - 1]!, first.end, first.at, last.end, last.at);
}
