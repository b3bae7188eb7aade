import { measuringUnit } from "../geometry/measuring-unit.ts";
import { type Box, checkImage, type Point } from "../geometry/types.ts";
import { clusterKnots } from "../junctions/cluster-knots.ts";
import { estimateLineWidth } from "../mask/estimate-line-width.ts";
import { simplifyPolyline } from "../trace/simplify-polyline.ts";
import { attachLines } from "./attach-lines.ts";
import { cleanLines } from "./clean-lines.ts";
import { decideClusters } from "./decide-clusters.ts";
import { directEdges } from "./direct-edges.ts";
import { joinTouching } from "./join-touching.ts";
import { styleFromGaps, styleFromIndex } from "./line-style.ts";
import { lineWidthAlong } from "./measure-edge.ts";
import { nearestPort } from "./nearest-port.ts";
import { NodeBook } from "./node-book.ts";
import { prepareSkeleton } from "./prepare-skeleton.ts";
import { defaultRoleOf } from "./role-of.ts";
import { threadLines } from "./thread-lines.ts";
import type { GraphInput, SymbolBox, VisionCrossing, VisionEdge, VisionGraph } from "./types.ts";

export interface GraphOptions {
  /** How far a line's end may lie from the symbol it points at, in line widths. @default 3.5 */
  attachWidths?: number;
  /** Lines that lead from nowhere to nowhere go up to this many line widths. @default 12 */
  strayWidths?: number;
  /** Deviation allowed when polylines are simplified, in line widths. @default 0.5 */
  simplifyWidths?: number;
}

/**
 * Builds the graph of a sheet from its skeleton, junctions and symbols: symbols, places where lines join and ends are
 * nodes; an edge is a line between direct neighbours, led whole through places where lines only pass, which become
 * crossings. A pure function: same input, same graph, same ids.
 */
export function buildGraph(input: GraphInput, options: GraphOptions = {}): VisionGraph {
  checkImage(input.skeleton, "skeleton");
  const strokePx = input.lineWidthPx ?? ((input.pipeMask && estimateLineWidth(input.pipeMask)) || 4);
  const unitPx = measuringUnit(strokePx);
  const roleOf = input.roleOf ?? defaultRoleOf;
  const placed = input.symbols.filter((symbol) => ["node", "offpage"].includes(roleOf(symbol.class)));
  const boxes = placed.map((symbol) => symbol.bbox);
  const arrows = input.symbols
    .filter((symbol) => roleOf(symbol.class) === "arrow")
    .map((arrow) => arrow.bbox);

  const trace = prepareSkeleton(input, boxes, arrows, unitPx);
  const { clusters } = clusterKnots(trace, unitPx);
  const decisions = decideClusters(trace, clusters, input.junctions ?? [], unitPx, input.pipeMask);
  const threads = threadLines(trace, clusters, (cluster, arm) => decisions[cluster]!.partner[arm]!);
  const attached = attachLines(threads, clusters, decisions, boxes, {
    unitPx,
    reachWidths: options.attachWidths ?? 3.5,
  });
  const lines = cleanLines(attached, decisions, boxes, { unitPx, strayWidths: options.strayWidths ?? 12 });

  const book = new NodeBook(placed, roleOf);
  const crossed = new Map<number, string[]>();
  const edges = lines.map(({ tips, points, passed }, index): VisionEdge => {
    const id = `p${index + 1}`;
    const ends = tips.map(({ symbol, cluster }, side) => {
      const tip = points[side === 0 ? 0 : points.length - 1]!;
      if (symbol >= 0) {
        const { bbox } = placed[symbol]!;
        return { node: book.symbol(symbol), port: nearestPort(tip, bbox, input.portsOf?.(placed[symbol]!)) };
      }
      const { kind } = decisions[cluster]!;
      if (kind !== "end")
        return { node: book.place(cluster, kind === "tee" ? "tee" : "cross", clusters[cluster]!.at) };
      return {
        node: book.place(cluster, isOffpage(tip, input.sheet, arrows, unitPx) ? "offpage" : "endpoint", tip),
      };
    }) as [{ node: string; port?: string }, { node: string; port?: string }];
    for (const cluster of passed) crossed.set(cluster, [...(crossed.get(cluster) ?? []), id]);
    const style =
      (input.styleIndex && styleFromIndex(input.styleIndex, points, unitPx)) ??
      (input.pipeMask ? styleFromGaps(input.pipeMask, points, unitPx) : "unknown");
    return {
      id,
      source: ends[0].node,
      target: ends[1].node,
      points: simplifyPolyline(points, Math.max(1, (options.simplifyWidths ?? 0.5) * unitPx)).map(round),
      line: style === "solid" ? "process" : style === "unknown" ? "unknown" : "signal",
      style,
      direction: null,
      widthPx: lineWidthAlong(input.pipeMask, points, strokePx),
      ...(ends[0].port && { sourcePort: ends[0].port }),
      ...(ends[1].port && { targetPort: ends[1].port }),
    };
  });
  directEdges(
    edges,
    lines.map((line) => line.points),
    { arrows, symbols: boxes, ink: input.ink, grey: input.grey, lineWidthPx: unitPx },
  );
  edges.push(...touchingEdges(placed, edges, book, input, unitPx, strokePx));

  const crossings: VisionCrossing[] = [];
  for (const [cluster, ids] of crossed) {
    const { kind, at } = decisions[cluster]!;
    if (ids.length === 2 && (kind === "plain" || kind === "bridge"))
      crossings.push({ at: round(at), kind, edges: [ids[0]!, ids[1]!] });
  }
  return { version: 1, sheet: { ...input.sheet }, nodes: book.nodes, edges, crossings };
}

/** Edges between parts of pipe runs that are drawn against each other. */
function touchingEdges(
  placed: readonly SymbolBox[],
  edges: readonly VisionEdge[],
  book: NodeBook,
  { isPart = () => false, portsOf }: GraphInput,
  unitPx: number,
  widthPx: number,
): VisionEdge[] {
  const parts = placed.flatMap((symbol, index) => (isPart(symbol.class) ? [index] : []));
  const ends = new Map<string, number>();
  for (const { source, target } of edges.filter(({ line }) => line !== "signal"))
    for (const node of new Set([source, target])) ends.set(node, (ends.get(node) ?? 0) + 1);
  const boxes = parts.map((index) => placed[index]!.bbox);
  const lines = parts.map((index) => ends.get(book.symbol(index)) ?? 0);
  return joinTouching(boxes, lines, unitPx).map(({ pair, points }, index): VisionEdge => {
    const [from, to] = pair.map((each) => parts[each]!) as [number, number];
    return {
      id: `p${edges.length + index + 1}`,
      source: book.symbol(from),
      target: book.symbol(to),
      points: points.map(round),
      line: "process",
      style: "solid",
      direction: null,
      widthPx,
      sourcePort: nearestPort(points[0], placed[from]!.bbox, portsOf?.(placed[from]!)),
      targetPort: nearestPort(points[1], placed[to]!.bbox, portsOf?.(placed[to]!)),
    };
  });
}

/** A free end leaves the sheet when it lies at the sheet's rim or when an arrow sits on it. */
function isOffpage(
  [x, y]: Point,
  { widthPx, heightPx }: GraphInput["sheet"],
  arrows: readonly Box[],
  unitPx: number,
): boolean {
  const rim = Math.max(6 * unitPx, 0.015 * Math.min(widthPx, heightPx));
  if (x < rim || y < rim || x > widthPx - rim || y > heightPx - rim) return true;
  const reach = 2 * unitPx;
  return arrows.some(
    ([left, top, w, h]) =>
      x >= left - reach && y >= top - reach && x <= left + w + reach && y <= top + h + reach,
  );
}

function round([x, y]: Point): Point {
  return [Math.round(x * 10) / 10, Math.round(y * 10) / 10];
}
