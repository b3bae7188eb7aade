import type { GraphNode } from "#shared/messages";
import type { Touch } from "./attachments.ts";
import { boxDrawing } from "./box-drawing.ts";
import { knownDrawing } from "./known-drawing.ts";
import { nodeBox } from "./node-box.ts";
import { offpageDrawing } from "./offpage-drawing.ts";
import type { Drawing } from "./primitive.ts";

/**
 * The drawing of a symbol or off-page connector, in sheet pixels: our own geometry where the class is known, turned the
 * way its lines meet it; otherwise a box with text.
 *
 * @param touched where lines meet the node
 */
export function drawNode(node: GraphNode, touched: readonly Touch[], sheetWidthPx: number): Drawing {
  const box = nodeBox(node);
  const known = node.class === undefined ? undefined : knownDrawing(node.class, box, touched, node.tag);
  if (known) return known;
  return node.type === "offpage" ? offpageDrawing(box, sheetWidthPx) : boxDrawing(box, node.class);
}
