import type { Graph, Point } from "#shared/messages";
import { jumpsByEdge } from "../geometry/jumps-by-edge.ts";
import { attachments } from "../symbols/attachments.ts";
import { typicalSidePx } from "../symbols/node-box.ts";
import { createXmlWriter } from "../xml/create-xml-writer.ts";
import { createIdentifierPool } from "../xml/java-identifier.ts";
import { writeEdge } from "./write-edge.ts";
import { writeNode } from "./write-node.ts";

/** Options of {@link toFxml}. */
export interface FxmlOptions {
  /**
   * Class name written as `fx:controller`. Left out, the file loads without any class of ours.
   * @default undefined
   */
  controller?: string;
}

/**
 * Writes a loadable mimic: `output.fxml` for a plain JavaFX 11 FXMLLoader, no display, no controller and no stylesheet
 * needed. One Pane as large as the sheet (1 unit = 1 sheet pixel) holds the Groups `lines`, `junctions` and `symbols`;
 * inside are shapes and Text only. Every element that stands for a node or edge has an `fx:id` made from its tag,
 * JSON in `userData`, and style classes. Paints are attributes, so a stylesheet of the user's own wins over them.
 */
export function toFxml(graph: Graph, options: FxmlOptions = {}): string {
  const xml = createXmlWriter();
  for (const type of ["layout.Pane", "Group"]) xml.instruction(`import javafx.scene.${type}`);
  for (const shape of ["Circle", "Line", "Polygon", "Polyline"])
    xml.instruction(`import javafx.scene.shape.${shape}`);
  xml.instruction("import javafx.scene.text.Text");

  const identify = createIdentifierPool();
  const { widthPx, heightPx } = graph.sheet;
  xml.open("Pane", {
    xmlns: "http://javafx.com/javafx/11",
    "xmlns:fx": "http://javafx.com/fxml/1",
    "fx:id": identify("sheet"),
    "fx:controller": options.controller,
    prefWidth: widthPx,
    prefHeight: heightPx,
    style: "-fx-background-color: white;",
  });
  const groups = { lines: identify("lines"), junctions: identify("junctions"), symbols: identify("symbols") };
  const sidePx = typicalSidePx(graph);
  const scale = { sheetWidthPx: widthPx, sidePx, strokePx: Math.max(1, sidePx / 24) };

  // Symbols are named first: when a pump and a line share a tag, the pump keeps it.
  const nodeIds = new Map<string, string>();
  for (const node of graph.nodes)
    nodeIds.set(node.id, identify(node.tag?.trim() || `${node.class ?? node.type}_${node.id}`));

  const jumps = jumpsByEdge(graph);
  const none: readonly Point[] = [];
  xml.open("Group", { "fx:id": groups.lines });
  for (const edge of graph.edges)
    writeEdge(xml, edge, identify(edge.tag?.trim() || `line_${edge.id}`), jumps.get(edge.id) ?? none, sidePx);
  xml.close();

  const touched = attachments(graph);
  for (const [name, wanted] of [
    [groups.junctions, false],
    [groups.symbols, true],
  ] as const) {
    xml.open("Group", { "fx:id": name });
    for (const node of graph.nodes)
      if ((node.type === "symbol" || node.type === "offpage") === wanted)
        writeNode(xml, node, nodeIds.get(node.id)!, touched.get(node.id) ?? none, scale);
    xml.close();
  }
  xml.close();
  return xml.document();
}
