import type { Box, Graph, GraphNode } from "#shared/messages";

/** Side of the box drawn for a symbol without one, in pixels. */
const DEFAULT_SIDE_PX = 40;

/** The box of a node; a symbol that came without one gets a square around its centre. */
export function nodeBox(node: GraphNode, sidePx = DEFAULT_SIDE_PX): Box {
  if (node.bbox && node.bbox[2] > 0 && node.bbox[3] > 0) return node.bbox;
  return [node.center[0] - sidePx / 2, node.center[1] - sidePx / 2, sidePx, sidePx];
}

/** Typical short side of the symbols on a sheet: what text and marks are scaled by. Without symbols, 1/100 of the sheet. */
export function typicalSidePx(graph: Graph): number {
  const sides = graph.nodes
    .filter((node) => node.type === "symbol" && node.bbox && node.bbox[2] > 0 && node.bbox[3] > 0)
    .map((node) => Math.min(node.bbox![2], node.bbox![3]))
    .sort((a, b) => a - b);
  const longest = Math.max(graph.sheet.widthPx, graph.sheet.heightPx);
  const typical = sides[sides.length >> 1] ?? longest / 100;
  return Math.min(Math.max(typical, 8), Math.max(longest / 10, 8));
}
