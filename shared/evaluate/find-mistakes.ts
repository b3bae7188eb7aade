import type { Box, Point } from "#shared/messages";
import { graphScores, junctionScores, matchBoxes } from "#shared/vision";
import { comparableGraph, comparableSymbols, type SheetResult, tolerancesOf } from "./score-sheet.ts";
import type { SheetTruth } from "./truth.ts";

/** How a reading can be wrong about one thing. */
export type MistakeKind =
  | "missed-symbol"
  | "extra-symbol"
  | "wrong-class"
  | "missed-junction"
  | "extra-junction"
  | "wrong-junction"
  | "missed-edge"
  | "extra-edge"
  | "wrong-direction"
  | "wrong-style";

/** One thing a person would have to correct, and where it is on the sheet (px). */
export interface Mistake {
  kind: MistakeKind;
  /** A class, a junction's kind, or the id of an edge; for something wrong "true → said". */
  what: string;
  bbox?: Box;
  at?: Point;
  points?: Point[];
}

/** Every difference between a reading and the truth, with its place: what pictures and machines show. */
export function findMistakes(truth: SheetTruth, result: SheetResult): Mistake[] {
  const { symbols, edges } = symbolsAndEdges(truth, {
    ...result,
    symbols: comparableSymbols(truth, result.symbols),
  });
  return [...symbols, ...junctions(truth, result), ...edges];
}

function symbolsAndEdges(truth: SheetTruth, result: SheetResult) {
  const { pairs } = matchBoxes(truth.symbols, result.symbols);
  const [seen, right] = [new Set(pairs.map(([t]) => t)), new Set(pairs.map(([, p]) => p))];
  const named = (symbol: { class?: string }) => symbol.class ?? "symbol";
  const symbols: Mistake[] = [
    ...truth.symbols
      .filter((_, t) => !seen.has(t))
      .map((symbol): Mistake => ({ kind: "missed-symbol", what: named(symbol), bbox: symbol.bbox })),
    ...result.symbols
      .filter((_, p) => !right.has(p))
      .map((symbol): Mistake => ({ kind: "extra-symbol", what: named(symbol), bbox: symbol.bbox })),
  ];
  if (truth.classed)
    for (const [t, p] of pairs) {
      const [was, said] = [truth.symbols[t]!, result.symbols[p]!];
      if (was.class !== said.class)
        symbols.push({ kind: "wrong-class", what: `${named(was)} → ${named(said)}`, bbox: was.bbox });
    }
  const edges: Mistake[] = [];
  if (truth.graph) {
    const scores = graphScores(truth.graph, comparableGraph(truth, result.graph), {
      tolerancePx: tolerancesOf(truth).graphPx,
    });
    const trueEdges = new Map(truth.graph.edges.map((edge) => [edge.id, edge]));
    const ourEdges = new Map(result.graph.edges.map((edge) => [edge.id, edge]));
    const from = (ids: readonly string[], of: typeof trueEdges, kind: MistakeKind) =>
      edges.push(...ids.map((id): Mistake => ({ kind, what: id, points: of.get(id)!.points })));
    from(scores.missedEdges, trueEdges, "missed-edge");
    from(scores.extraEdges, ourEdges, "extra-edge");
    if (truth.detailed) {
      from(scores.wrongDirection, ourEdges, "wrong-direction");
      from(scores.wrongStyle, ourEdges, "wrong-style");
    }
  }
  return { symbols, edges };
}

function junctions(truth: SheetTruth, result: SheetResult): Mistake[] {
  if (!truth.junctions) return [];
  const { missed, extra, wrong } = junctionScores(truth.junctions, result.junctions, {
    tolerancePx: tolerancesOf(truth).junctionPx,
  });
  return [
    ...missed.map(({ kind, at }): Mistake => ({ kind: "missed-junction", what: kind, at })),
    ...extra.map(({ kind, at }): Mistake => ({ kind: "extra-junction", what: kind, at })),
    ...wrong.map(
      ([was, said]): Mistake => ({
        kind: "wrong-junction",
        what: `${was.kind} → ${said.kind}`,
        at: was.at,
      }),
    ),
  ];
}
