import type { Graph, GraphEdge, GraphNode } from "#shared/messages";
import { boxArea, overlaps, type Point } from "../edit/geometry.ts";
import { edgeArea } from "../graph/crossings.ts";
import type { View } from "../view/view.ts";
import {
  CROSSING_COLOUR,
  DASHES,
  isUnsure,
  LINE_COLOURS,
  NODE_COLOURS,
  SELECTED_COLOUR,
  UNSURE_COLOUR,
} from "./palette.ts";

export interface GraphPaint {
  selected: ReadonlySet<string>;
  /** 0..1 @default 1 */
  opacity?: number;
  /** The points of the selected line are shown, to be dragged. */
  points?: boolean;
}

/** Draws nodes, lines and crossings that are seen. */
export function paintGraph(
  context: CanvasRenderingContext2D,
  view: View,
  graph: Graph,
  paint: GraphPaint,
): void {
  const px = 1 / view.scale;
  const { selected, opacity = 1 } = paint;
  context.globalAlpha = opacity;
  context.lineJoin = "round";
  for (const edge of graph.edges) {
    if (!overlaps(edgeArea(edge), view.area)) continue;
    drawEdge(context, edge, selected.has(edge.id), px);
  }
  for (const { at, kind } of graph.crossings) {
    const area = { x0: at[0], y0: at[1], x1: at[0], y1: at[1] };
    if (!overlaps(area, view.area)) continue;
    context.strokeStyle = CROSSING_COLOUR;
    context.lineWidth = 1.5 * px;
    context.beginPath();
    context.arc(at[0], at[1], 6 * px, 0, kind === "bridge" ? Math.PI : 2 * Math.PI, kind === "bridge");
    context.stroke();
  }
  for (const node of graph.nodes) {
    const [x, y] = node.center;
    const area = node.bbox ? boxArea(node.bbox) : { x0: x, y0: y, x1: x, y1: y };
    if (overlaps(area, view.area)) drawNode(context, node, selected.has(node.id), px);
  }
  if (!paint.points) return;
  for (const edge of graph.edges) if (selected.has(edge.id)) drawPoints(context, edge, px);
}

function drawEdge(context: CanvasRenderingContext2D, edge: GraphEdge, chosen: boolean, px: number): void {
  const width = (chosen ? 4 : 2.5) * px;
  context.strokeStyle = chosen ? SELECTED_COLOUR : LINE_COLOURS[edge.line];
  context.lineWidth = width;
  context.setLineDash(DASHES[edge.style].map((part) => part * width));
  context.beginPath();
  for (const [i, [x, y]] of edge.points.entries()) i === 0 ? context.moveTo(x, y) : context.lineTo(x, y);
  context.stroke();
  context.setLineDash([]);
  if (edge.direction !== null) arrow(context, edge, px);
}

/** A head in the middle of the longest piece. */
function arrow(context: CanvasRenderingContext2D, edge: GraphEdge, px: number): void {
  let best: [Point, Point] | null = null;
  let longest = 0;
  for (let i = 1; i < edge.points.length; i++) {
    const [a, b] = [edge.points[i - 1]!, edge.points[i]!];
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    if (length > longest) [best, longest] = [[a, b], length];
  }
  if (!best || longest < 14 * px) return;
  const [from, to] = edge.direction === "forward" ? best : [best[1], best[0]];
  context.save();
  context.translate((from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
  context.rotate(Math.atan2(to[1] - from[1], to[0] - from[0]));
  context.fillStyle = context.strokeStyle;
  context.beginPath();
  context.moveTo(7 * px, 0);
  context.lineTo(-6 * px, -5 * px);
  context.lineTo(-6 * px, 5 * px);
  context.fill();
  context.restore();
}

function drawNode(context: CanvasRenderingContext2D, node: GraphNode, chosen: boolean, px: number): void {
  const unsure = isUnsure(node.score);
  const colour = chosen ? SELECTED_COLOUR : unsure ? UNSURE_COLOUR : NODE_COLOURS[node.type];
  if (node.bbox) {
    context.strokeStyle = colour;
    context.lineWidth = (chosen ? 2.5 : 1.5) * px;
    context.setLineDash(unsure && !chosen ? [5 * px, 3 * px] : []);
    context.strokeRect(...node.bbox);
    context.setLineDash([]);
    const text = node.tag ?? node.class?.replaceAll("_", " ");
    if (text && node.bbox[2] / px >= 34) {
      context.font = `${11 * px}px system-ui, sans-serif`;
      context.fillStyle = "rgb(255 255 255 / 88%)";
      const room = context.measureText(text).width + 6 * px;
      context.fillRect(node.bbox[0], node.bbox[1] - 15 * px, room, 14 * px);
      context.fillStyle = colour;
      context.fillText(text, node.bbox[0] + 3 * px, node.bbox[1] - 4.5 * px);
    }
    return;
  }
  const [x, y] = node.center;
  const r = (chosen ? 6.5 : 4.5) * px;
  context.fillStyle = node.type === "endpoint" ? "#fff" : colour;
  context.strokeStyle = colour;
  context.lineWidth = 2 * px;
  context.beginPath();
  if (node.type === "cross") context.rect(x - r, y - r, 2 * r, 2 * r);
  else context.arc(x, y, r, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
}

function drawPoints(context: CanvasRenderingContext2D, edge: GraphEdge, px: number): void {
  context.fillStyle = "#fff";
  context.strokeStyle = SELECTED_COLOUR;
  context.lineWidth = 1.5 * px;
  const last = edge.points.length - 1;
  for (const [i, [x, y]] of edge.points.entries()) {
    context.beginPath();
    // Ends are round and lead to nodes, bends are square.
    if (i === 0 || i === last) context.arc(x, y, 6 * px, 0, 2 * Math.PI);
    else context.rect(x - 4 * px, y - 4 * px, 8 * px, 8 * px);
    context.fill();
    context.stroke();
  }
}
