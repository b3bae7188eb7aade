import type { Graph, GraphEdge, GraphNode } from "#shared/messages";
import { boxArea, nearestOnPiece, overlaps, type Point } from "../edit/geometry.ts";
import { edgeArea } from "./crossings.ts";

/** The node under a point: a place where lines join before a symbol's box, of boxes the smallest. */
export function nodeAt(graph: Graph, [px, py]: Point, reachPx: number): GraphNode | null {
  let found: GraphNode | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const node of graph.nodes) {
    if (node.bbox) {
      const { x0, y0, x1, y1 } = boxArea(node.bbox);
      if (px < x0 || px > x1 || py < y0 || py > y1) continue;
      const size = reachPx * reachPx + node.bbox[2] * node.bbox[3];
      if (size < least) [found, least] = [node, size];
    } else {
      const distance = Math.hypot(px - node.center[0], py - node.center[1]);
      if (distance <= reachPx && distance < least) [found, least] = [node, distance];
    }
  }
  return found;
}

/** A place on a line. */
export interface EdgeHit {
  edge: GraphEdge;
  /** Index of the point before it. */
  segment: number;
  at: Point;
}

/** The nearest line within reach of a point. */
export function edgeAt(graph: Graph, point: Point, reachPx: number): EdgeHit | null {
  const around = {
    x0: point[0] - reachPx,
    y0: point[1] - reachPx,
    x1: point[0] + reachPx,
    y1: point[1] + reachPx,
  };
  let found: EdgeHit | null = null;
  let least = reachPx;
  for (const edge of graph.edges) {
    if (!overlaps(edgeArea(edge), around)) continue;
    for (let i = 1; i < edge.points.length; i++) {
      const { at, distance } = nearestOnPiece(point, edge.points[i - 1]!, edge.points[i]!);
      if (distance <= least) [found, least] = [{ edge, segment: i - 1, at }, distance];
    }
  }
  return found;
}

/** Index of the line's point within reach, or -1; ends before bends. */
export function pointAt(edge: GraphEdge, [px, py]: Point, reachPx: number): number {
  const near = ([x, y]: Point) => Math.hypot(px - x, py - y) <= reachPx;
  const last = edge.points.length - 1;
  if (near(edge.points[last]!)) return last;
  return edge.points.findIndex(near);
}
