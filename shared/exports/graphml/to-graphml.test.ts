import { expect, test } from "vitest";
import type { Graph, GraphEdge } from "#shared/messages";
import { toGraphml } from "./to-graphml.ts";

const edge = (id: string, direction: GraphEdge["direction"]): GraphEdge => ({
  id,
  source: "a",
  target: "b",
  points: [
    [0, 0],
    [30, 40],
  ],
  line: "process",
  style: "solid",
  direction,
  widthPx: 2,
  sourcePort: "E",
  targetPort: "W",
});
const graph = (...edges: GraphEdge[]): Graph => ({
  version: 1,
  sheet: { uid: "s", widthPx: 100, heightPx: 100 },
  nodes: [
    { id: "a", type: "symbol", class: "tank", center: [0, 0] },
    { id: "b", type: "tee", center: [30, 40] },
  ],
  edges,
  crossings: [],
});

test("is directed only when every edge has a direction", () => {
  expect(toGraphml(graph(edge("1", "forward"), edge("2", "backward")))).toContain('edgedefault="directed"');
  expect(toGraphml(graph(edge("1", "forward"), edge("2", null)))).toContain('edgedefault="undirected"');
  expect(toGraphml(graph())).toContain('edgedefault="undirected"');
});

test("turns an edge that flows backward, with its points and ports", () => {
  const xml = toGraphml(graph(edge("1", "backward")), { yed: false });
  expect(xml).toContain('<edge id="1" source="b" target="a">');
  expect(xml).toContain('<data key="e_points">30,40 0,0</data>');
  expect(xml).toContain('<data key="e_sourcePort">W</data>');
  expect(xml).toContain('<data key="e_upstream">b</data>');
});

test("declares every key it uses with a type", () => {
  const xml = toGraphml(graph(edge("1", null)));
  const declared = new Set([...xml.matchAll(/<key id="([^"]*)"[^>]*attr\.type=/g)].map((match) => match[1]));
  for (const [, key] of xml.matchAll(/<data key="([^"]*)"/g)) expect(declared).toContain(key);
});

test("keeps node ids apart that look alike once cleaned", () => {
  const twins = graph();
  twins.nodes = ["n 1", "n/1"].map((id) => ({ id, type: "tee", center: [0, 0] }));
  expect([...toGraphml(twins).matchAll(/<node id="([^"]*)"/g)].map((match) => match[1])).toEqual([
    "n_1",
    "n_1_2",
  ]);
});
