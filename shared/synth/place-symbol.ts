import { symbolClass } from "#shared/symbols";
import { addNode, type Board, chooseShape, isFree } from "./board.ts";
import { withInternals } from "./internals.ts";
import { sheetPorts } from "./placed.ts";
import type { PlacedSymbol, PlanEnd, PlanNode, Point } from "./types.ts";

/** Pixels per module for a class: equipment falls on the grid, balloons and fittings have their own sizes. */
export function scaleOf(board: Board, name: string): number {
  const { superclass, role } = symbolClass(name)!;
  const { drafting, random } = board;
  if (superclass === "vessel" || superclass === "exchanger") return drafting.cell * drafting.equipment;
  if (role === "balloon") return drafting.balloon;
  if (superclass === "rotating") return drafting.module * random.real(0.95, 1.3);
  const usual = drafting.module * random.real(0.92, 1.08);
  return random.chance(drafting.halfSize)
    ? Math.max(Math.min(7, usual), usual * random.real(0.45, 0.75))
    : usual;
}

/** A symbol ready to be placed, tag parts included. */
export function makeSymbol(board: Board, name: string, turns = 0, mirrored = false): PlacedSymbol {
  const { drafting, random } = board;
  const { superclass } = symbolClass(name)!;
  const large = superclass === "vessel" || superclass === "exchanger";
  const plain = chooseShape(board, name);
  return {
    name,
    shape:
      superclass === "vessel" && random.chance(drafting.internals) ? withInternals(plain, random) : plain,
    scale: scaleOf(board, name),
    turns,
    mirrored,
    strokeWidth: large ? drafting.outlineWidth : drafting.symbolWidth,
  };
}

/** Tag of a symbol: prefix of its class and a number, in the manner of the sheet. */
export function makeTag(
  board: Board,
  name: string,
): { letters: string; number: string; tag: string } | undefined {
  const prefixes = symbolClass(name)!.tagPrefixes;
  if (!prefixes.length) return undefined;
  const { random } = board;
  const letters = random.pick(prefixes);
  const number =
    symbolClass(name)!.role === "balloon"
      ? String(random.int(1, 999)) + random.pick(["", "", "", "A"])
      : String(random.int(1, 9) * random.pick([10, 100, 1000]) + random.int(0, 99)) +
        random.pick(["", "", "", "A", "B"]);
  return { letters, number, tag: `${letters}${random.pick(["-", "-", ""])}${number}` };
}

/** Puts a symbol on the board when there is room; otherwise nothing happens. */
export function tryPlace(
  board: Board,
  symbol: PlacedSymbol,
  at: Point,
  margin: number,
): PlanNode | undefined {
  if (!isFree(board, symbol, at, margin)) return undefined;
  const tag = makeTag(board, symbol.name);
  return addNode(board, {
    type: "symbol",
    at,
    symbol: tag ? { ...symbol, letters: tag.letters, number: tag.number } : symbol,
    tag: tag?.tag,
  });
}

/** Ports of a node nobody uses yet, ready to be connected. */
export function freePorts(
  board: Board,
  node: PlanNode,
  takes: "process" | "signal" = "process",
): (PlanEnd & { at: ReturnType<typeof sheetPorts>[number]; key: string })[] {
  if (!node.symbol) return [];
  return sheetPorts(node.symbol, node.at)
    .map((at, i) => ({ node, port: at.name, at, key: `${node.id}:${i}` }))
    .filter((p) => p.at.takes === takes && !board.used.has(p.key));
}
