import type { GraphNode } from "#shared/messages";
import { styleClass } from "../style-class.ts";
import type { Touch } from "../symbols/attachments.ts";
import { drawNode } from "../symbols/draw-node.ts";
import { nodeBox } from "../symbols/node-box.ts";
import { tagPlace } from "../symbols/tag-place.ts";
import type { XmlWriter } from "../xml/create-xml-writer.ts";
import { userData } from "./user-data.ts";
import { writePrimitive } from "./write-primitive.ts";
import { writeText } from "./write-text.ts";

/** Sizes a sheet's drawing is made with, in pixels. */
export interface DrawingScale {
  sheetWidthPx: number;
  /** Typical short side of a symbol. */
  sidePx: number;
  strokePx: number;
}

/** Writes a symbol or off-page connector as a Group, any other node as a Circle. */
export function writeNode(
  xml: XmlWriter,
  node: GraphNode,
  id: string,
  touched: readonly Touch[],
  scale: DrawingScale,
): void {
  const data = userData({
    tag: node.tag,
    class: node.class ?? node.type,
    type: node.type,
    id: node.id,
    score: node.score,
  });
  if (node.type !== "symbol" && node.type !== "offpage") {
    const joins = node.type !== "endpoint";
    xml.leaf("Circle", {
      "fx:id": id,
      styleClass: `junction, ${node.type}`,
      userData: data,
      centerX: node.center[0],
      centerY: node.center[1],
      radius: scale.strokePx * 2,
      fill: joins ? "black" : "white",
      stroke: "black",
      strokeWidth: joins ? 0 : scale.strokePx / 2,
    });
    return;
  }
  const classes = [
    "symbol",
    ...(node.type === "offpage" ? ["offpage"] : []),
    ...(node.class ? [styleClass(node.class)] : []),
  ];
  xml.open("Group", { "fx:id": id, styleClass: [...new Set(classes)].join(", "), userData: data });
  const { primitives, showsTag } = drawNode(node, touched, scale.sheetWidthPx);
  for (const primitive of primitives) writePrimitive(xml, primitive, scale.strokePx);
  if (node.tag && !showsTag) {
    const sizePx = scale.sidePx * 0.32;
    writeText(xml, node.tag, tagPlace(node.tag, nodeBox(node), touched, sizePx), sizePx, "tag");
  }
  xml.close();
}
