import type { XmlWriter } from "../xml/create-xml-writer.ts";

type KeyType = "string" | "double" | "int" | "boolean";

/** A typed attribute of a graph, its nodes or its edges. */
export interface Key {
  id: string;
  name: string;
  type: KeyType;
}

const keys = (prefix: string, types: Record<string, KeyType>): Key[] =>
  Object.entries(types).map(([name, type]) => ({ id: `${prefix}_${name}`, name, type }));

/** `x` and `y` are the centre; `boxX` to `boxHeight` the box; all in sheet pixels, y downwards. */
export const NODE_KEYS: readonly Key[] = keys("n", {
  label: "string",
  type: "string",
  class: "string",
  tag: "string",
  score: "double",
  x: "double",
  y: "double",
  boxX: "double",
  boxY: "double",
  boxWidth: "double",
  boxHeight: "double",
});

/**
 * `direction` says whether source and target are in the order of flow (`forward`) or in no known order (`unknown`).
 * `upstream` and `downstream` repeat them by id where the flow is known, since an undirected reader forgets the order.
 */
export const EDGE_KEYS: readonly Key[] = keys("e", {
  label: "string",
  tag: "string",
  line: "string",
  style: "string",
  direction: "string",
  upstream: "string",
  downstream: "string",
  widthPx: "double",
  lengthPx: "double",
  sourcePort: "string",
  targetPort: "string",
  points: "string",
});

export const GRAPH_KEYS: readonly Key[] = keys("g", {
  uid: "string",
  widthPx: "double",
  heightPx: "double",
  crossings: "string",
});

/** Ids of the two keys yEd draws by. They are typed strings too, since Gephi refuses a key without a type. */
export const YED_NODE = "yed_node";
export const YED_EDGE = "yed_edge";

/** Declares every key of the document. */
export function writeKeys(xml: XmlWriter): void {
  for (const [target, list] of [
    ["graph", GRAPH_KEYS],
    ["node", NODE_KEYS],
    ["edge", EDGE_KEYS],
  ] as const)
    for (const { id, name, type } of list)
      xml.leaf("key", { id, for: target, "attr.name": name, "attr.type": type });
  xml.leaf("key", {
    id: YED_NODE,
    for: "node",
    "attr.name": "nodegraphics",
    "attr.type": "string",
    "yfiles.type": "nodegraphics",
  });
  xml.leaf("key", {
    id: YED_EDGE,
    for: "edge",
    "attr.name": "edgegraphics",
    "attr.type": "string",
    "yfiles.type": "edgegraphics",
  });
}

/** Writes the values of one element; what is undefined is left out. */
export function writeData(
  xml: XmlWriter,
  list: readonly Key[],
  values: Readonly<Record<string, string | number | undefined>>,
): void {
  for (const { id, name } of list) {
    const value = values[name];
    if (value !== undefined) xml.text("data", { key: id }, typeof value === "number" ? String(value) : value);
  }
}
