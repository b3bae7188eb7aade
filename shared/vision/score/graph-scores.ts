import type { Box } from "../geometry/types.ts";
import type { VisionEdge, VisionGraph, VisionNode } from "../graph/types.ts";
import { type Counts, counts } from "./counts.ts";
import { matchBoxes } from "./match-boxes.ts";
import { matchPoints } from "./match-points.ts";

export interface GraphScoreOptions {
  /** Distance within which places without a box (tees, ends) are the same, px. */
  tolerancePx: number;
  /** Overlap from which two symbols are the same. @default 0.5 */
  iou?: number;
}

export interface GraphScores {
  /** Symbols by overlap, other places by distance. */
  nodes: Counts;
  /** An edge is right when both its ends are. */
  edges: Counts;
  /** Crossings in truth, and how many of them have become a place where lines join. */
  crossings: number;
  crossingsJoined: number;
  /** Matched edges, and how many have the right style. */
  styled: number;
  styleRight: number;
  /** Matched edges with a true direction, and how many have it. */
  directed: number;
  directionRight: number;
  /** Matched symbols, and how many have the right class. */
  classed: number;
  classRight: number;
  /** True edges not found and found edges not true, by id, to look at. */
  missedEdges: string[];
  extraEdges: string[];
  /** Found edges that are true but for their direction or style. */
  wrongDirection: string[];
  wrongStyle: string[];
}

type Scored = Pick<VisionGraph, "nodes" | "edges" | "crossings">;

/** Scores a graph against the true one: nodes are matched first, then edges by their ends, either way round. */
export function graphScores(truth: Scored, predicted: Scored, options: GraphScoreOptions): GraphScores {
  const nodes = matchNodes(truth.nodes, predicted.nodes, options);
  const named = new Map(nodes.map(([t, p]) => [predicted.nodes[p]!.id, truth.nodes[t]!.id]));
  const edges = matchEdges(truth.edges, predicted.edges, named);
  const matchedTruth = new Set(edges.map(([t]) => t));
  const matchedPredicted = new Set(edges.map(([, p]) => p));
  const symbols = nodes.filter(([t]) => truth.nodes[t]!.class !== undefined);
  const directed = edges.filter(([t]) => truth.edges[t]!.direction !== null);
  const hasDirection = ([t, p]: [number, number]) =>
    sameDirection(truth.edges[t]!, predicted.edges[p]!, named);
  const hasStyle = ([t, p]: [number, number]) => truth.edges[t]!.style === predicted.edges[p]!.style;
  const idsOf = (pairs: [number, number][]) => pairs.map(([, p]) => predicted.edges[p]!.id);
  const joins = predicted.nodes.filter((node) => node.type === "tee" || node.type === "cross");
  const joined = matchPoints(
    truth.crossings.map((crossing) => crossing.at),
    joins.map((node) => node.center),
    options.tolerancePx,
  ).filter(([t, p]) => {
    // A real tee may lie just as near: only a join that is nothing in truth counts.
    const [x, y] = truth.crossings[t]!.at;
    const mine = Math.hypot(joins[p]!.center[0] - x, joins[p]!.center[1] - y);
    return !named.has(joins[p]!.id) || mine < 1;
  });
  return {
    nodes: counts(nodes.length, predicted.nodes.length, truth.nodes.length),
    edges: counts(edges.length, predicted.edges.length, truth.edges.length),
    crossings: truth.crossings.length,
    crossingsJoined: joined.length,
    styled: edges.length,
    styleRight: edges.filter(hasStyle).length,
    directed: directed.length,
    directionRight: directed.filter(hasDirection).length,
    classed: symbols.length,
    classRight: symbols.filter(([t, p]) => truth.nodes[t]!.class === predicted.nodes[p]!.class).length,
    missedEdges: truth.edges.filter((_, t) => !matchedTruth.has(t)).map((edge) => edge.id),
    extraEdges: predicted.edges.filter((_, p) => !matchedPredicted.has(p)).map((edge) => edge.id),
    wrongDirection: idsOf(directed.filter((pair) => !hasDirection(pair))),
    wrongStyle: idsOf(edges.filter((pair) => !hasStyle(pair))),
  };
}

/** Symbols match symbols by overlap; joins match joins and ends match ends by distance. */
function matchNodes(
  truth: readonly VisionNode[],
  predicted: readonly VisionNode[],
  options: GraphScoreOptions,
): [number, number][] {
  const boxed = (nodes: readonly VisionNode[]) =>
    nodes.map((_, i) => i).filter((i) => nodes[i]!.bbox !== undefined);
  const bare = (nodes: readonly VisionNode[]) =>
    nodes.map((_, i) => i).filter((i) => nodes[i]!.bbox === undefined);
  const item = (node: VisionNode) => ({ bbox: node.bbox as Box });
  const [tb, pb, tp, pp] = [boxed(truth), boxed(predicted), bare(truth), bare(predicted)];
  const symbols = matchBoxes(
    tb.map((i) => item(truth[i]!)),
    pb.map((i) => item(predicted[i]!)),
    { iou: options.iou ?? 0.5 },
  ).pairs.map(([t, p]): [number, number] => [tb[t]!, pb[p]!]);
  const isJoin = (node: VisionNode) => node.type === "tee" || node.type === "cross";
  const places = matchPoints(
    tp.map((i) => truth[i]!.center),
    pp.map((i) => predicted[i]!.center),
    options.tolerancePx,
    (t, p) => isJoin(truth[tp[t]!]!) === isJoin(predicted[pp[p]!]!),
  ).map(([t, p]): [number, number] => [tp[t]!, pp[p]!]);
  return [...symbols, ...places];
}

/** Pairs edges whose ends correspond; parallel edges between the same two nodes pair up in order of length. */
function matchEdges(
  truth: readonly VisionEdge[],
  predicted: readonly VisionEdge[],
  named: ReadonlyMap<string, string>,
): [number, number][] {
  const key = (a: string, b: string) => (a < b ? `${a}\n${b}` : `${b}\n${a}`);
  const length = ({ points }: VisionEdge) =>
    points.reduce(
      (sum, p, i) => (i ? sum + Math.hypot(p[0] - points[i - 1]![0], p[1] - points[i - 1]![1]) : 0),
      0,
    );
  const waiting = new Map<string, number[]>();
  truth.forEach((edge, t) => {
    const k = key(edge.source, edge.target);
    waiting.set(k, [...(waiting.get(k) ?? []), t]);
  });
  const pairs: [number, number][] = [];
  predicted.forEach((edge, p) => {
    const [source, target] = [named.get(edge.source), named.get(edge.target)];
    const list = source !== undefined && target !== undefined ? waiting.get(key(source, target)) : undefined;
    if (!list?.length) return;
    const wanted = length(edge);
    list.sort((a, b) => Math.abs(length(truth[a]!) - wanted) - Math.abs(length(truth[b]!) - wanted));
    pairs.push([list.shift()!, p]);
  });
  return pairs;
}

function sameDirection(
  truth: VisionEdge,
  predicted: VisionEdge,
  named: ReadonlyMap<string, string>,
): boolean {
  if (predicted.direction === null) return false;
  const straight = named.get(predicted.source) === truth.source;
  return (truth.direction === predicted.direction) === straight;
}

/**
 * Corrections a person makes per 100 true items (nodes and edges): an item to add, to delete, or whose class is wrong is one each; a wrong edge beside a
 * missing one is one (it is moved).
 */
export function correctionsPer100(scores: GraphScores): number {
  const { nodes, edges } = scores;
  const items = nodes.truePositives + nodes.falseNegatives + edges.truePositives + edges.falseNegatives;
  const work =
    Math.max(nodes.falsePositives, nodes.falseNegatives) +
    Math.max(edges.falsePositives, edges.falseNegatives) +
    (scores.classed - scores.classRight);
  return items === 0 ? 0 : (100 * work) / items;
}
