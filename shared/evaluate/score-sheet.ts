import type { Coco, Graph } from "#shared/messages";
import { graphRoleOf, superclassOf } from "#shared/symbols";
import { type Counts, graphScores, junctionScores, type Mask, maskScores, matchBoxes } from "#shared/vision";
import type { SheetTruth, TrueSymbol } from "./truth.ts";

/** What the pipeline said about a sheet. */
export interface SheetResult {
  symbols: (TrueSymbol & { score?: number })[];
  pipeMask: Mask;
  junctions: { at: [number, number]; kind: "tee" | "cross" | "plain" | "bridge" | "bend" }[];
  graph: Graph;
}

/** Figures of one sheet; absent where the truth does not know. */
export interface SheetScores {
  name: string;
  symbolsAgnostic: Counts;
  symbols?: Counts;
  /** Matched boxes, and how many have the right class. */
  classed?: { matched: number; right: number };
  /** Matched boxes of known superclass, and how many have it. */
  superclassed?: { matched: number; right: number };
  pipeIou?: number;
  clDice?: number;
  /** Share of true centre-line points with a found line within 4 px. */
  centreLineRecall?: number;
  junctions?: Counts;
  junctionClass?: { matched: number; right: number };
  crossings?: { total: number; joined: number };
  edges?: Counts;
  style?: { total: number; right: number };
  direction?: { total: number; right: number };
  corrections?: { items: number; work: number };
  missedEdges: string[];
  extraEdges: string[];
}

/** Symbols of `annotations.json`. */
export function symbolsOf(coco: Coco): TrueSymbol[] {
  const names = new Map(coco.categories.map((category) => [category.id, category.name]));
  return coco.annotations.map(({ bbox, category_id }) => ({ bbox, class: names.get(category_id)! }));
}

function centreLineRecall(lines: readonly [number, number][][], found: Mask): number {
  const reach = 4;
  let total = 0;
  let hit = 0;
  const near = (x: number, y: number) => {
    for (let dy = -reach; dy <= reach; dy++)
      for (let dx = -reach; dx <= reach; dx++) {
        const [px, py] = [Math.round(x) + dx, Math.round(y) + dy];
        if (px >= 0 && py >= 0 && px < found.width && py < found.height && found.data[py * found.width + px])
          return true;
      }
    return false;
  };
  for (const line of lines)
    for (let i = 1; i < line.length; i++) {
      const [a, b] = [line[i - 1]!, line[i]!];
      const steps = Math.max(1, Math.round(Math.hypot(b[0] - a[0], b[1] - a[1]) / 4));
      for (let s = 0; s <= steps; s++) {
        total++;
        if (near(a[0] + ((b[0] - a[0]) * s) / steps, a[1] + ((b[1] - a[1]) * s) / steps)) hit++;
      }
    }
  return total === 0 ? 1 : hit / total;
}

/** Distances within which places of a truth and of a reading are the same, px: its makers place tees less exactly. */
export function tolerancesOf({ lineWidthPx, detailed }: SheetTruth): { junctionPx: number; graphPx: number } {
  const junctionPx = Math.max(8, 4 * lineWidthPx);
  return { junctionPx, graphPx: detailed ? junctionPx : 3 * junctionPx };
}

/** The symbols a truth can judge: one without flow arrows says nothing of ours. */
export function comparableSymbols<T extends TrueSymbol>(
  { listsArrows = true }: SheetTruth,
  symbols: readonly T[],
): T[] {
  return symbols.filter(({ class: name }) => listsArrows || graphRoleOf(name ?? "") !== "arrow");
}

/** What a truth without open ends can judge: it has no edge for a line that ends nowhere, so ours are left out as well. */
export function comparableGraph({ detailed }: SheetTruth, graph: Graph): Graph {
  if (detailed) return graph;
  const open = new Set(
    graph.nodes
      .filter(({ type, bbox }) => !bbox && (type === "endpoint" || type === "offpage"))
      .map(({ id }) => id),
  );
  return {
    ...graph,
    nodes: graph.nodes.filter(({ id }) => !open.has(id)),
    edges: graph.edges.filter(({ source, target }) => !open.has(source) && !open.has(target)),
    crossings: [],
  };
}

/** Scores one sheet. @param trueMask the true pipe mask, where the truth has one */
export function scoreSheet(truth: SheetTruth, reading: SheetResult, trueMask?: Mask): SheetScores {
  const result = { ...reading, symbols: comparableSymbols(truth, reading.symbols) };
  const agnostic = matchBoxes(truth.symbols, result.symbols);
  const scores: SheetScores = {
    name: truth.name,
    symbolsAgnostic: agnostic.counts,
    missedEdges: [],
    extraEdges: [],
  };
  if (truth.classed) {
    scores.symbols = matchBoxes(truth.symbols, result.symbols, { classRequired: true }).counts;
    const right = agnostic.pairs.filter(
      ([t, p]) => truth.symbols[t]!.class === result.symbols[p]!.class,
    ).length;
    scores.classed = { matched: agnostic.pairs.length, right };
  }
  const comparable = agnostic.pairs.filter(([t]) => truth.symbols[t]!.superclass !== undefined);
  if (comparable.length > 0)
    scores.superclassed = {
      matched: comparable.length,
      right: comparable.filter(
        ([t, p]) => superclassOf(result.symbols[p]!.class ?? "") === truth.symbols[t]!.superclass,
      ).length,
    };
  if (trueMask) {
    const mask = maskScores(trueMask, result.pipeMask);
    scores.pipeIou = mask.iou;
    scores.clDice = mask.clDice;
  }
  if (truth.lines) scores.centreLineRecall = centreLineRecall(truth.lines, result.pipeMask);
  const { junctionPx, graphPx } = tolerancesOf(truth);
  if (truth.junctions) {
    const found = junctionScores(truth.junctions, result.junctions, { tolerancePx: junctionPx });
    const matched = found.counts.truePositives;
    scores.junctions = found.counts;
    scores.junctionClass = { matched, right: Math.round(found.classAccuracy * matched) };
    scores.crossings = { total: found.crossings, joined: found.crossingsJoined };
  }
  if (truth.graph) {
    const graph = graphScores(truth.graph, comparableGraph(truth, result.graph), { tolerancePx: graphPx });
    scores.edges = graph.edges;
    scores.missedEdges = graph.missedEdges;
    scores.extraEdges = graph.extraEdges;
    if (truth.detailed) {
      scores.style = { total: graph.styled, right: graph.styleRight };
      scores.direction = { total: graph.directed, right: graph.directionRight };
    }
    scores.corrections = {
      items:
        graph.nodes.truePositives +
        graph.nodes.falseNegatives +
        graph.edges.truePositives +
        graph.edges.falseNegatives,
      work:
        Math.max(graph.nodes.falsePositives, graph.nodes.falseNegatives) +
        Math.max(graph.edges.falsePositives, graph.edges.falseNegatives) +
        (truth.classed ? graph.classed - graph.classRight : 0),
    };
  }
  return scores;
}

/** A sheet that could not be read at all counts as zero everywhere. */
export function failedSheet(truth: SheetTruth): SheetScores {
  const none = (size: number): Counts => ({
    truePositives: 0,
    falsePositives: 0,
    falseNegatives: size,
    precision: 0,
    recall: 0,
    f1: 0,
  });
  const scores: SheetScores = {
    name: truth.name,
    symbolsAgnostic: none(truth.symbols.length),
    missedEdges: [],
    extraEdges: [],
  };
  if (truth.classed) scores.symbols = none(truth.symbols.length);
  if (truth.pipeMask) {
    scores.pipeIou = 0;
    scores.clDice = 0;
  }
  if (truth.lines) scores.centreLineRecall = 0;
  if (truth.junctions)
    scores.junctions = none(truth.junctions.filter((junction) => junction.kind !== "bend").length);
  if (truth.graph) scores.edges = none(truth.graph.edges.length);
  return scores;
}
