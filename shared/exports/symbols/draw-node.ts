import type { Graph, GraphNode, Point } from "#shared/messages";
import { boxDrawing } from "./box-drawing.ts";
import { knownDrawing } from "./known-drawing.ts";
import { nodeBox } from "./node-box.ts";
import { offpageDrawing } from "./offpage-drawing.ts";
import type { Drawing } from "./primitive.ts";

/** The places where lines meet each node, in sheet pixels, by node id. */
export function attachments(graph: Graph): Map<string, Point[]> {
  const places = new Map<string, Point[]>();
  const add = (id: string, point: Point) => {
    const list = places.get(id);
    if (list) list.push(point);
    else places.set(id, [point]);
  };
  for (const edge of graph.edges) {
    add(edge.source, edge.points[0]!);
    add(edge.target, edge.points[edge.points.length - 1]!);
  }
  return places;
}

/**
 * The drawing of a symbol or off-page connector, in sheet pixels: our own geometry where the class is known, turned the
 * way its lines meet it; otherwise a box with text.
 *
 * @param touched where lines meet the node
 */
export function drawNode(node: GraphNode, touched: readonly Point[], sheetWidthPx: number): Drawing {
  const box = nodeBox(node);
  const known = node.class === undefined ? undefined : knownDrawing(node.class, box, touched, node.tag);
  if (known) return known;
  return node.type === "offpage" ? offpageDrawing(box, sheetWidthPx) : boxDrawing(box, node.class);
}
