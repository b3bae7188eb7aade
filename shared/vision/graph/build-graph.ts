import { boxCenter } from "../geometry/boxes.ts";
import { type Box, checkImage, type Point } from "../geometry/types.ts";
import { clusterKnots } from "../junctions/cluster-knots.ts";
import { estimateLineWidth } from "../mask/estimate-line-width.ts";
import { rasteriseBoxes } from "../mask/rasterise-boxes.ts";
import { touchesMask } from "../mask/touches-mask.ts";
import { bridgeGaps } from "../skeletonize/bridge-gaps.ts";
import { pruneSpurs } from "../skeletonize/prune-spurs.ts";
import { WorkingSkeleton } from "../skeletonize/working-skeleton.ts";
import { simplifyPolyline } from "../trace/simplify-polyline.ts";
import type { SkeletonTrace } from "../trace/trace-skeleton.ts";
import { createAttacher } from "./attach-ends.ts";
import { cutSymbols } from "./cut-symbols.ts";
import { decideClusters } from "./decide-clusters.ts";
import { directEdges } from "./direct-edges.ts";
import { styleFromGaps, styleFromIndex } from "./line-style.ts";
import { lineWidthAlong } from "./measure-edge.ts";
import { nearestPort } from "./nearest-port.ts";
import { defaultRoleOf } from "./role-of.ts";
import { type Thread, threadLines } from "./thread-lines.ts";
import type { GraphInput, SymbolBox, VisionCrossing, VisionEdge, VisionGraph, VisionNode } from "./types.ts";

export interface GraphOptions {
  /** How far a line's end may lie from the symbol it points at, in line widths. @default 3.5 */
  attachWidths?: number;
  /** Lines that lead from nowhere to nowhere go up to this many line widths. @default 12 */
  strayWidths?: number;
  /** Deviation allowed when polylines are simplified, in line widths. @default 0.5 */
  simplifyWidths?: number;
}

/**
 * Builds the graph of a sheet from its skeleton, junctions and symbols: symbols, places where lines join and ends are nodes; an edge
 * is a line between direct neighbours, led whole through places where lines only pass, which become crossings.
 */
export function buildGraph(input: GraphInput, options: GraphOptions = {}): VisionGraph {
  checkImage(input.skeleton, "skeleton");
  const lineWidthPx = input.lineWidthPx ?? ((input.pipeMask && estimateLineWidth(input.pipeMask)) || 4);
  const roleOf = input.roleOf ?? defaultRoleOf;
  const roles = input.symbols.map((symbol) => roleOf(symbol.class));
  const placed = input.symbols.filter((_, i) => roles[i] === "node" || roles[i] === "offpage");
  const arrows = input.symbols.filter((_, i) => roles[i] === "arrow");
  const boxes = placed.map((symbol) => symbol.bbox);

  const trace = prepare(input, boxes, arrows, lineWidthPx);
  const { clusters } = clusterKnots(trace, lineWidthPx);
  const decisions = decideClusters(trace, clusters, input.junctions ?? [], lineWidthPx, input.pipeMask);
  const threads = threadLines(trace, clusters, (cluster, arm) => decisions[cluster]!.partner[arm]!);

  const attach = createAttacher(boxes, { lineWidthPx, reachWidths: options.attachWidths ?? 3.5 });
  const nodes = new NodeBook(placed, roles.length, roleOf);
  const kept: { thread: Thread; ends: [End, End] }[] = [];
  for (const thread of threads) {
    const ends = ([0, 1] as const).map((side): End => {
      const cluster = side === 0 ? thread.from : thread.to;
      const at = clusters[cluster]!.at;
      if (decisions[cluster]!.kind === "end") {
        const symbol = attach(at, outward(thread.points, side, lineWidthPx));
        if (symbol >= 0) return { symbol, cluster };
      } else if (decisions[cluster]!.kind === "tee" || decisions[cluster]!.kind === "cross") {
        const symbol = boxes.findIndex((box) => holds(box, at, 45 * lineWidthPx));
        if (symbol >= 0) return { symbol, cluster };
      }
      return { symbol: -1, cluster };
    }) as [End, End];
    if (isStray(thread, ends, boxes, decisions, lineWidthPx, options.strayWidths ?? 12)) continue;
    kept.push({ thread, ends });
  }

  const merged = dissolve(kept, decisions);
  const edges: VisionEdge[] = [];
  const paths: Point[][] = [];
  const edgeAt = new Map<number, string[]>();
  for (const { thread, ends } of merged) {
    const id = `p${edges.length + 1}`;
    const [source, target] = ends.map((end, side) => {
      if (end.symbol >= 0) return nodes.symbol(end.symbol);
      const at = clusters[end.cluster]!.at;
      const { kind } = decisions[end.cluster]!;
      if (kind === "tee" || kind === "cross") return nodes.place(end.cluster, kind, at);
      const tip = thread.points[side === 0 ? 0 : thread.points.length - 1]!;
      return nodes.place(
        end.cluster,
        isOffpage(tip, input, arrows, lineWidthPx) ? "offpage" : "endpoint",
        tip,
      );
    }) as [string, string];
    const style =
      (input.styleIndex && styleFromIndex(input.styleIndex, thread.points, lineWidthPx)) ??
      (input.pipeMask ? styleFromGaps(input.pipeMask, thread.points, lineWidthPx) : "unknown");
    const edge: VisionEdge = {
      id,
      source,
      target,
      points: simplifyPolyline(thread.points, Math.max(1, (options.simplifyWidths ?? 0.5) * lineWidthPx)).map(
        round,
      ),
      line: style === "solid" ? "process" : style === "unknown" ? "unknown" : "signal",
      style,
      direction: null,
      widthPx: lineWidthAlong(input.pipeMask, thread.points, lineWidthPx),
    };
    ends.forEach((end, side) => {
      if (end.symbol < 0) return;
      const symbol = placed[end.symbol]!;
      const tip = thread.points[side === 0 ? 0 : thread.points.length - 1]!;
      edge[side === 0 ? "sourcePort" : "targetPort"] = nearestPort(tip, symbol.bbox, input.portsOf?.(symbol));
    });
    for (const cluster of thread.passed)
      if (decisions[cluster]!.kind === "plain" || decisions[cluster]!.kind === "bridge")
        edgeAt.set(cluster, [...(edgeAt.get(cluster) ?? []), id]);
    edges.push(edge);
    paths.push(thread.points);
  }
  directEdges(edges, paths, arrows, input.ink, lineWidthPx);

  const crossings: VisionCrossing[] = [];
  for (const [cluster, ids] of edgeAt) {
    const { kind } = decisions[cluster]!;
    if (ids.length === 2 && (kind === "plain" || kind === "bridge"))
      crossings.push({ at: round(decisions[cluster]!.at), kind, edges: [ids[0]!, ids[1]!] });
  }
  return { version: 1, sheet: { ...input.sheet }, nodes: nodes.list(), edges, crossings };
}

/** Where a thread ends: at a symbol (index in the placed list) or, with −1, in the cluster itself. */
interface End {
  symbol: number;
  cluster: number;
}

/** Skeleton as the graph needs it: parted at symbols, led up to them and under arrows, without spurs. */
function prepare(
  input: GraphInput,
  boxes: readonly Box[],
  arrows: readonly SymbolBox[],
  lineWidthPx: number,
): SkeletonTrace {
  const { width, height } = input.skeleton;
  const skeleton = WorkingSkeleton.from(input.skeleton);
  const nodes = rasteriseBoxes(width, height, boxes);
  cutSymbols(skeleton, boxes, lineWidthPx);
  bridgeGaps(skeleton, {
    lineWidthPx,
    nodes,
    coverBoxes: [...(input.coverBoxes ?? []), ...arrows.map((arrow) => arrow.bbox)],
  });
  pruneSpurs(skeleton, 1.5 * lineWidthPx, (x, y) => touchesMask(nodes, x, y, 2 + lineWidthPx / 2));
  return skeleton.trace;
}

/** Direction in which a thread leaves through one of its ends. */
function outward(points: readonly Point[], side: 0 | 1, lineWidthPx: number): Point {
  const count = points.length;
  const at = (k: number) => points[side === 0 ? k : count - 1 - k]!;
  const near = at(Math.min(count - 1, 1));
  const far = at(Math.min(count - 1, 1 + Math.round(5 * lineWidthPx)));
  const length = Math.hypot(near[0] - far[0], near[1] - far[1]) || 1;
  return [(near[0] - far[0]) / length, (near[1] - far[1]) / length];
}

function holds(box: Box, [x, y]: Point, largestPx: number): boolean {
  if (Math.min(box[2], box[3]) > largestPx) return false;
  return x >= box[0] && y >= box[1] && x <= box[0] + box[2] && y <= box[1] + box[3];
}

/** Rests that are no lines: inside or along one symbol, or short and leading from nowhere to nowhere. */
function isStray(
  thread: Thread,
  ends: [End, End],
  boxes: readonly Box[],
  decisions: readonly { kind: string }[],
  lineWidthPx: number,
  strayWidths: number,
): boolean {
  const length = thread.points.length;
  if (ends[0].symbol >= 0 && ends[0].symbol === ends[1].symbol) {
    const box = boxes[ends[0].symbol]!;
    return length < 1.2 * (box[2] + box[3]);
  }
  const loose = ends.map((end) => end.symbol < 0 && decisions[end.cluster]!.kind === "end");
  return loose[0]! && loose[1]! && length < strayWidths * lineWidthPx;
}

/** Joins lines at tees that lost an arm: a tee with two lines left is no place where lines join. */
function dissolve(
  kept: { thread: Thread; ends: [End, End] }[],
  decisions: readonly { kind: string }[],
): { thread: Thread; ends: [End, End] }[] {
  const list = new Set(kept);
  const at = new Map<number, Set<{ thread: Thread; ends: [End, End] }>>();
  for (const item of kept)
    for (const end of item.ends)
      if (end.symbol < 0) at.set(end.cluster, (at.get(end.cluster) ?? new Set()).add(item));
  for (const [cluster, items] of at) {
    const { kind } = decisions[cluster]!;
    if ((kind !== "tee" && kind !== "cross") || items.size !== 2) continue;
    const [a, b] = [...items] as [{ thread: Thread; ends: [End, End] }, { thread: Thread; ends: [End, End] }];
    const touches = (item: typeof a) =>
      item.ends.filter((end) => end.symbol < 0 && end.cluster === cluster).length;
    if (touches(a) + touches(b) !== 2) continue;
    const first = a.ends[1].symbol < 0 && a.ends[1].cluster === cluster ? a : reverse(a);
    const second = b.ends[0].symbol < 0 && b.ends[0].cluster === cluster ? b : reverse(b);
    const joined = {
      thread: {
        from: first.thread.from,
        to: second.thread.to,
        points: [...first.thread.points, ...second.thread.points.slice(1)],
        passed: [...first.thread.passed, ...second.thread.passed],
        passedAt: [],
      },
      ends: [first.ends[0], second.ends[1]] as [End, End],
    };
    list.delete(a);
    list.delete(b);
    list.add(joined);
    for (const end of joined.ends) {
      const there = end.symbol < 0 ? at.get(end.cluster) : undefined;
      there?.delete(a);
      there?.delete(b);
      there?.add(joined);
    }
  }
  return [...list];
}

function reverse(item: { thread: Thread; ends: [End, End] }): { thread: Thread; ends: [End, End] } {
  const { thread, ends } = item;
  return {
    thread: {
      from: thread.to,
      to: thread.from,
      points: [...thread.points].reverse(),
      passed: [...thread.passed].reverse(),
      passedAt: [],
    },
    ends: [ends[1], ends[0]],
  };
}

/** A free end leaves the sheet when it lies at the sheet's rim or when an arrow sits on it. */
function isOffpage(
  [x, y]: Point,
  input: GraphInput,
  arrows: readonly SymbolBox[],
  lineWidthPx: number,
): boolean {
  const { widthPx, heightPx } = input.sheet;
  const rim = Math.max(6 * lineWidthPx, 0.015 * Math.min(widthPx, heightPx));
  if (x < rim || y < rim || x > widthPx - rim || y > heightPx - rim) return true;
  const reach = 2 * lineWidthPx;
  return arrows.some(
    ({ bbox }) =>
      x >= bbox[0] - reach &&
      y >= bbox[1] - reach &&
      x <= bbox[0] + bbox[2] + reach &&
      y <= bbox[1] + bbox[3] + reach,
  );
}

function round([x, y]: Point): Point {
  return [Math.round(x * 10) / 10, Math.round(y * 10) / 10];
}

/** Gives every node of the graph its id, each place once. */
class NodeBook {
  readonly #nodes: VisionNode[];
  readonly #symbols: string[];
  readonly #places = new Map<number, string>();
  #tees = 0;

  constructor(placed: readonly SymbolBox[], _count: number, roleOf: (name: string) => string) {
    this.#nodes = placed.map((symbol, index) => ({
      id: symbol.id ?? `n${index + 1}`,
      type: roleOf(symbol.class) === "offpage" ? "offpage" : "symbol",
      class: symbol.class,
      ...(symbol.score === undefined ? {} : { score: symbol.score }),
      bbox: symbol.bbox,
      center: boxCenter(symbol.bbox),
      ...(symbol.tag === undefined ? {} : { tag: symbol.tag }),
    }));
    this.#symbols = this.#nodes.map((node) => node.id);
  }

  symbol(index: number): string {
    return this.#symbols[index]!;
  }

  place(cluster: number, type: "tee" | "cross" | "endpoint" | "offpage", at: Point): string {
    const known = this.#places.get(cluster);
    if (known) return known;
    const id = `j${++this.#tees}`;
    this.#places.set(cluster, id);
    this.#nodes.push({ id, type, center: round(at) });
    return id;
  }

  list(): VisionNode[] {
    return this.#nodes;
  }
}
