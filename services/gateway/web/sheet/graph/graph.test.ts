import fc from "fast-check";
import { expect, test } from "vitest";
import type { Graph } from "#shared/messages";
import { checkCorrection } from "#shared/operate";
import { begin, commit, undo } from "../edit/history.ts";
import {
  addEdge,
  addNode,
  dissolve,
  insertPoint,
  moveNodes,
  movePoint,
  reconnect,
  remove,
  removePoint,
  setEdge,
  setNode,
  splitEdge,
} from "./graph-commands.ts";
import { edgeAt, nodeAt, pointAt } from "./graph-hits.ts";

const line = (id: string, source: string, target: string, ...points: [number, number][]) => ({
  id,
  source,
  target,
  points,
  line: "process" as const,
  style: "solid" as const,
  direction: null,
  widthPx: 4,
});

/** A valve on a line from left to right with a tee, and a line that crosses it from above. */
const graph = (): Graph => ({
  version: 1,
  sheet: { uid: "g-1", widthPx: 1000, heightPx: 600 },
  nodes: [
    {
      id: "n1",
      type: "symbol",
      class: "gate_valve",
      score: 0.6,
      bbox: [80, 280, 40, 40],
      center: [100, 300],
    },
    { id: "n2", type: "tee", center: [500, 300] },
    { id: "n3", type: "endpoint", center: [900, 300] },
    { id: "n4", type: "endpoint", center: [500, 500] },
    { id: "n5", type: "endpoint", center: [300, 50] },
    { id: "n6", type: "endpoint", center: [300, 550] },
  ],
  edges: [
    line("e1", "n1", "n2", [120, 300], [500, 300]),
    line("e2", "n2", "n3", [500, 300], [900, 300]),
    line("e3", "n4", "n2", [500, 500], [500, 300]),
    line("e4", "n5", "n6", [300, 50], [300, 550]),
  ],
  crossings: [{ at: [302, 299], kind: "bridge", edges: ["e1", "e4"] }],
});

const pick = <T>(items: readonly T[], n: number): T | undefined => items[n % Math.max(1, items.length)];
const n = fc.nat({ max: 60 });
const at = fc.tuple(fc.integer({ min: -50, max: 1100 }), fc.integer({ min: -50, max: 700 }));
const command: fc.Arbitrary<(graph: Graph) => Graph> = fc.oneof(
  fc.tuple(n, at).map(
    ([i, [dx, dy]]) =>
      (g: Graph) =>
        moveNodes(g, [pick(g.nodes, i)?.id ?? ""], dx, dy),
  ),
  n.map((i) => (g: Graph) => remove(g, [pick([...g.nodes, ...g.edges], i)?.id ?? ""])),
  at.map((center) => (g: Graph) => addNode(g, { type: "tee", center }).graph),
  fc.tuple(n, n, fc.array(at, { maxLength: 3 })).map(
    ([i, j, bends]) =>
      (g: Graph) =>
        addEdge(g, pick(g.nodes, i)?.id ?? "", pick(g.nodes, j)?.id ?? "", bends)?.graph ?? g,
  ),
  fc.tuple(n, n, fc.constantFrom("source" as const, "target" as const)).map(
    ([i, j, end]) =>
      (g: Graph) =>
        reconnect(g, pick(g.edges, i)?.id ?? "", end, pick(g.nodes, j)?.id ?? ""),
  ),
  fc.tuple(n, at).map(
    ([i, to]) =>
      (g: Graph) =>
        splitEdge(g, pick(g.edges, i)?.id ?? "", 0, to)?.graph ?? g,
  ),
  n.map((i) => (g: Graph) => dissolve(g, pick(g.nodes, i)?.id ?? "")?.graph ?? g),
  fc.tuple(n, n, at).map(([i, k, to]) => (g: Graph) => {
    const edge = pick(g.edges, i);
    return edge ? movePoint(g, edge.id, k % edge.points.length, to) : g;
  }),
  fc.tuple(n, at).map(
    ([i, to]) =>
      (g: Graph) =>
        insertPoint(g, pick(g.edges, i)?.id ?? "", 1, to),
  ),
  fc.tuple(n, n).map(
    ([i, k]) =>
      (g: Graph) =>
        removePoint(g, pick(g.edges, i)?.id ?? "", k),
  ),
  n.map(
    (i) => (g: Graph) =>
      setEdge(g, [pick(g.edges, i)?.id ?? ""], { line: "signal", style: "dashed", direction: "forward" }),
  ),
  n.map(
    (i) => (g: Graph) =>
      setNode(g, pick(g.nodes, i)?.id ?? "", { type: "symbol", class: "pump", tag: "P-1" }),
  ),
);

test("whatever is done, undoing it gives the graph as it was", () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 15 }), (commands) => {
      let history = begin(graph());
      for (const each of commands) history = commit(history, each(history.present.document), "edit");
      while (history.past.length > 0) history = undo(history);
      expect(history.present.document).toEqual(graph());
    }),
  );
});

test("whatever is done, the gateway takes the graph: ids once, ends that exist, crossings of lines that exist, points on the sheet", () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 15 }), (commands) => {
      const edited = commands.reduce((now, each) => each(now), graph());
      checkCorrection("graph", "g-1", edited.sheet, new TextEncoder().encode(JSON.stringify(edited)));
      for (const [x, y] of [
        ...edited.nodes.map((node) => node.center),
        ...edited.edges.flatMap((edge) => edge.points),
      ])
        expect([x >= 0, y >= 0, x <= 1000, y <= 600]).toEqual([true, true, true, true]);
    }),
  );
});

test("a symbol that moves takes the ends of its lines along, and not its neighbours", () => {
  const moved = moveNodes(graph(), ["n1"], 0, 40);
  expect(moved.nodes[0]).toMatchObject({ center: [100, 340], bbox: [80, 320, 40, 40] });
  expect(moved.edges[0]?.points).toEqual([
    [120, 340],
    [500, 300],
  ]);
  expect(moved.edges[1]).toBe(moved.edges.find(({ id }) => id === "e2"));
});

test("a new line ends at the borders of its symbols and crosses what it passes", () => {
  const { graph: joined, id } = addEdge(graph(), "n1", "n4", [[100, 500]])!;
  const edge = joined.edges.find((each) => each.id === id);
  expect(edge).toMatchObject({
    source: "n1",
    target: "n4",
    points: [
      [100, 320],
      [100, 500],
      [500, 500],
    ],
    line: "process",
    widthPx: 4,
  });
  expect(joined.crossings).toContainEqual({ at: [300, 500], kind: "plain", edges: [id, "e4"] });
});

test("a known crossing keeps its kind when its line is changed, and goes when the line leads elsewhere", () => {
  const bent = insertPoint(graph(), "e1", 1, [200, 300]);
  expect(bent.crossings).toEqual([{ at: [302, 299], kind: "bridge", edges: ["e1", "e4"] }]);
  const away = movePoint(graph(), "e4", 1, [300, 200]);
  expect(away.crossings).toEqual([]);
});

test("a tee on a line leaves two halves that keep the line's look and crossings; dissolving it undoes that", () => {
  const split = splitEdge(graph(), "e1", 0, [400, 300])!;
  expect(split.graph.edges.map(({ id, source, target }) => [id, source, target])).toEqual([
    ["e1", "n1", "n7"],
    ["e5", "n7", "n2"],
    ["e2", "n2", "n3"],
    ["e3", "n4", "n2"],
    ["e4", "n5", "n6"],
  ]);
  expect(split.graph.crossings).toEqual([{ at: [302, 299], kind: "bridge", edges: ["e1", "e4"] }]);
  const whole = dissolve(split.graph, "n7")!.graph;
  expect(whole.nodes).toEqual(graph().nodes);
  expect(whole.edges[0]).toMatchObject({
    source: "n1",
    target: "n2",
    points: [
      [120, 300],
      [400, 300],
      [500, 300],
    ],
  });
  expect(whole.crossings).toEqual(graph().crossings);
});

test("a node with three lines is not dissolved; lines that point against each other are joined in one direction", () => {
  expect(dissolve(graph(), "n2")).toBeNull();
  const two = setEdge(remove(graph(), ["e1"]), ["e3"], { direction: "backward" });
  const joined = dissolve(two, "n2")!.graph.edges[0];
  expect(joined).toMatchObject({
    source: "n3",
    target: "n4",
    points: [
      [900, 300],
      [500, 300],
      [500, 500],
    ],
    direction: "forward",
  });
});

test("a node goes with its lines and their crossings", () => {
  const left = remove(graph(), ["n1"]);
  expect([left.nodes.length, left.edges.map(({ id }) => id), left.crossings]).toEqual([
    5,
    ["e2", "e3", "e4"],
    [],
  ]);
});

test("a line led elsewhere ends there and forgets the port it had", () => {
  const ported = {
    ...graph(),
    edges: graph().edges.map((edge) => ({ ...edge, sourcePort: "E", targetPort: "W" })),
  };
  const led = reconnect(ported, "e2", "source", "n1");
  const edge = led.edges.find(({ id }) => id === "e2");
  expect(edge).toMatchObject({
    source: "n1",
    points: [
      [120, 300],
      [900, 300],
    ],
    targetPort: "W",
  });
  expect(edge).not.toHaveProperty("sourcePort");
});

test("joins are hit before lines, lines within reach, their points by number", () => {
  const g = graph();
  expect(nodeAt(g, [503, 297], 8)?.id).toBe("n2");
  expect(nodeAt(g, [85, 285], 8)?.id).toBe("n1");
  expect(edgeAt(g, [700, 305], 8)).toMatchObject({ edge: { id: "e2" }, segment: 0, at: [700, 300] });
  expect(edgeAt(g, [700, 320], 8)).toBeNull();
  expect(pointAt(g.edges[1]!, [898, 301], 8)).toBe(1);
});
