import { addArrows } from "./arrows.ts";
import { addBlindNozzles } from "./blind-nozzles.ts";
import { createBoard } from "./board.ts";
import { addChains } from "./chains.ts";
import { chamferCorners } from "./chamfer.ts";
import { findCrossings } from "./crossings.ts";
import { chooseDrafting } from "./drafting.ts";
import { placeEquipment } from "./equipment.ts";
import { layFrame } from "./frame.ts";
import { createGrid } from "./grid.ts";
import { addInlineSymbols } from "./inline.ts";
import { addLoops } from "./instruments.ts";
import { addLabels } from "./labels.ts";
import { addBypasses, addHeaders, addStubs, connectEquipment, connectOpen } from "./lines.ts";
import { addManifolds } from "./manifolds.ts";
import { placeMotifs } from "./motifs.ts";
import { addNozzles } from "./nozzles.ts";
import type { Random } from "./random.ts";
import type { StencilLibrary } from "./stencils/read-stencils.ts";
import type { Plan } from "./types.ts";

/** Lays out a whole sheet: frame, equipment, lines, in-line symbols, control loops, arrows and texts. */
export function planSheet(
  random: Random,
  widthPx: number,
  heightPx: number,
  density: number,
  library?: StencilLibrary,
): Plan {
  const drafting = chooseDrafting(random, widthPx, library);
  const frame = layFrame(widthPx, heightPx, drafting, random);
  const grid = createGrid(...frame.room, drafting.cell);
  const board = createBoard(grid, random, drafting);
  const area = grid.columns * grid.rows;
  const count = (per: number) => Math.max(1, Math.round((area / per) * density * random.real(0.6, 1.3)));
  const open = placeMotifs(board, Math.round((area / 400) * density * random.real(0.4, 1.6)));
  const equipment = placeEquipment(board, density * random.real(0.4, 1));
  addHeaders(board, Math.max(1, Math.round((grid.rows / 12) * density)));
  connectOpen(board, open, equipment);
  connectEquipment(board, equipment);
  addBypasses(board, count(90));
  addManifolds(board, count(250));
  addStubs(board, count(100));
  addChains(board);
  addInlineSymbols(board);
  addLoops(board, count(22));
  const plan: Plan = {
    widthPx,
    heightPx,
    grid,
    drafting,
    nodes: board.nodes,
    edges: board.edges,
    crossings: findCrossings(board),
    texts: frame.texts,
    frame: frame.lines,
    marks: [],
    legend: frame.legend,
    ticks: [],
  };
  dropLoose(plan);
  chamferCorners(plan);
  addArrows(plan, random);
  addNozzles(plan, random);
  addBlindNozzles(board, plan);
  addLabels(plan, random);
  return plan;
}

/** Symbols that found no line stay (drawings have those too), ends without a line go. */
function dropLoose(plan: Plan): void {
  const joined = new Set(plan.edges.flatMap((e) => [e.from.node, e.to.node]));
  plan.nodes = plan.nodes.filter((n) => n.type === "symbol" || joined.has(n));
}
