import type { Board } from "./board.ts";
import { connectPorts } from "./connect.ts";
import { headings, pointOf, vertexAt } from "./grid.ts";
import { insert } from "./inline.ts";
import { signalLook } from "./instruments.ts";
import { processLook } from "./lines.ts";
import { type Motif, type MotifPort, motifs } from "./motif-list.ts";
import { freePorts, makeSymbol, tryPlace } from "./place-symbol.ts";
import type { PlanNode } from "./types.ts";

/** A port that wants a line to somewhere else on the sheet. */
export type OpenPort = ReturnType<typeof freePorts>[number];

/** Places motifs until the tries run out; the ports that lead on come back. */
export function placeMotifs(board: Board, tries: number): OpenPort[] {
  const { random } = board;
  const open: OpenPort[] = [];
  for (let i = 0; i < tries; i++) open.push(...placeMotif(board, random.pick(motifs), random.chance(0.5)));
  return open;
}

function placeMotif(board: Board, motif: Motif, flipped: boolean): OpenPort[] {
  const { grid, random } = board;
  if (grid.columns <= motif.columns || grid.rows <= motif.rows) return [];
  const [c0, r0] = [random.int(0, grid.columns - motif.columns), random.int(0, grid.rows - motif.rows)];
  const placed = new Map<string, PlanNode>();
  for (const item of motif.items) {
    const x = flipped ? motif.columns - item.x : item.x;
    const turns = flipped && item.turns !== undefined ? (item.turns + 2) % 4 : (item.turns ?? 0);
    const name = random.pick(item.classes);
    const isMachine = item.turns !== undefined || /pump|compressor|blower|turbine|three_way/.test(name);
    const symbol = makeSymbol(
      board,
      name,
      flipped && isMachine && item.turns === undefined ? 2 : turns,
      isMachine && flipped && name === "three_way_valve",
    );
    const node = tryPlace(board, symbol, pointOf(grid, vertexAt(grid, c0 + x, r0 + item.y)), 0.9);
    if (node) placed.set(item.key, node);
  }
  for (const link of motif.links) {
    const [from, to] = [find(board, placed, link.from, flipped), find(board, placed, link.to, flipped)];
    if (!from || !to) continue;
    const edge = connectPorts(
      board,
      from,
      to,
      link.style === "signal" ? signalLook(board) : processLook(board),
    );
    if (!edge) continue;
    board.used.add(from.key).add(to.key);
    for (const name of link.inline ?? []) if (random.chance(0.7)) insert(board, edge, name);
  }
  return motif.open.flatMap((p) => find(board, placed, p, flipped) ?? []);
}

/** The free port of an item nearest to the wanted place on the wanted side. */
function find(
  board: Board,
  placed: ReadonlyMap<string, PlanNode>,
  want: MotifPort,
  flipped: boolean,
): OpenPort | undefined {
  const node = placed.get(want.item);
  if (!node) return undefined;
  let heading = headings.indexOf(want.side);
  if (flipped && heading % 2) heading = 4 - heading;
  const ports = freePorts(board, node).filter((p) => p.at.heading === heading);
  const axis = heading % 2 ? 1 : 0;
  const values = ports.map((p) => p.at.at[axis]);
  const [lo, hi] = [Math.min(...values), Math.max(...values)];
  const along = flipped && axis === 0 ? 1 - (want.along ?? 0.5) : (want.along ?? 0.5);
  const goal = lo + (hi - lo) * along;
  return ports.sort((a, b) => Math.abs(a.at.at[axis] - goal) - Math.abs(b.at.at[axis] - goal))[0];
}
