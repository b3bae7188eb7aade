import type { Coco, Graph, GraphNode } from "#shared/messages";
import { graphRoleOf } from "#shared/symbols";
import { type Box, matchBoxes, type Point } from "#shared/vision";
import { named } from "../dataset/compare-boxes.ts";
import type { SheetRecord } from "../dataset/types.ts";

/** `NAME.truth.json`: what people say is on a sheet, in the format of the generator's. Pixels of `NAME.png`. */
export interface SheetTruth {
  version: 1;
  generator: "people";
  sheet: { uid: string; widthPx: number; heightPx: number };
  /** Gates a person approved: `annotation` for the boxes, `masks` for the style mask, `graph` for lines and junctions. */
  validated: SheetRecord["validated"];
  nodes: GraphNode[];
  /** Flow arrows lie on lines and are no nodes. */
  arrows: { class: string; bbox: Box; center: Point }[];
  /** These three are empty where nobody approved the graph. */
  edges: Graph["edges"];
  crossings: Graph["crossings"];
  junctions: { at: Point; kind: string }[];
  texts: [];
  legend: [];
  lineWidthPx: number;
}

/**
 * Puts together what people accepted of one diagram. Boxes are those of the annotations; a box that is a node of the graph keeps
 * the node's id, so that edges name it.
 * @param graph `validated_graph.json`, where a person approved it
 */
export function sheetTruth(record: SheetRecord, annotations: Coco, graph: Graph | null): SheetTruth {
  const boxes = named(annotations);
  const arrows = boxes.filter((box) => graphRoleOf(box.class) === "arrow");
  const symbols = boxes.filter((box) => graphRoleOf(box.class) !== "arrow");
  const boxed = (graph?.nodes ?? []).filter(
    (node): node is GraphNode & { bbox: Box } => node.bbox !== undefined,
  );
  const nodeOf = new Map(matchBoxes(symbols, boxed).pairs.map(([box, node]) => [box, boxed[node]!]));
  const taken = new Set(nodeOf.values());
  const nodes = symbols.map(({ bbox, class: name }, i): GraphNode => {
    const node = nodeOf.get(i);
    const { score: _, ...kept } = node ?? { id: `box-${i}`, type: "symbol" as const };
    return { ...kept, class: name, bbox, center: middleOf(bbox) };
  });
  const others = (graph?.nodes ?? []).filter((node) => !taken.has(node as GraphNode & { bbox: Box }));
  return {
    version: 1,
    generator: "people",
    sheet: { uid: record.uid, widthPx: record.widthPx, heightPx: record.heightPx },
    validated: record.validated,
    nodes: [...nodes, ...others.map(({ score: _, ...node }) => node)],
    arrows: arrows.map(({ bbox, class: name }) => ({ class: name, bbox, center: middleOf(bbox) })),
    edges: graph?.edges ?? [],
    crossings: graph?.crossings ?? [],
    junctions: graph ? junctionsOf(record, graph) : [],
    texts: [],
    legend: [],
    lineWidthPx: record.lineWidthPx,
  };
}

/** Tees, crosses and crossings of the graph, and the bends that were looked at. */
function junctionsOf(record: SheetRecord, graph: Graph): SheetTruth["junctions"] {
  const met = graph.nodes.flatMap(({ type, center }) =>
    type === "tee" || type === "cross" ? [{ at: center, kind: type as string }] : [],
  );
  const bends = record.junctions.filter(({ truth }) => truth === "bend");
  return [
    ...met,
    ...graph.crossings.map(({ at, kind }) => ({ at, kind: kind as string })),
    ...bends.map(({ at }) => ({ at, kind: "bend" })),
  ];
}

const middleOf = ([x, y, w, h]: Box): Point => [x + w / 2, y + h / 2];
