import { expect, it } from "vitest";
import type { Graph } from "#shared/messages";
import { drawMistakes } from "./draw-mistakes.ts";
import { findMistakes } from "./find-mistakes.ts";
import { scoreSheet } from "./score-sheet.ts";
import type { SheetTruth } from "./truth.ts";

const graph: Graph = {
  version: 1,
  sheet: { uid: "s", widthPx: 400, heightPx: 100 },
  nodes: [
    { id: "a", type: "symbol", class: "gate_valve", bbox: [10, 40, 20, 20], center: [20, 50] },
    { id: "b", type: "symbol", class: "globe_valve", bbox: [200, 40, 20, 20], center: [210, 50] },
  ],
  edges: [
    {
      id: "e1",
      source: "a",
      target: "b",
      points: [
        [30, 50],
        [200, 50],
      ],
      line: "process",
      style: "solid",
      direction: "forward",
      widthPx: 3,
    },
  ],
  crossings: [],
};
const truth: SheetTruth = {
  name: "s",
  image: "s.png",
  widthPx: 400,
  heightPx: 100,
  symbols: graph.nodes.map(({ bbox, class: name }) => ({ bbox: bbox!, class: name! })),
  classed: true,
  graph,
  detailed: true,
  junctions: [{ at: [100, 50], kind: "tee" }],
  lineWidthPx: 3,
};
const mask = { width: 1, height: 1, data: new Uint8Array(1) };
const reading = { symbols: truth.symbols, pipeMask: mask, junctions: truth.junctions!, graph };

it("finds nothing wrong with the truth, and everything that is changed, where it is", () => {
  expect(findMistakes(truth, reading)).toEqual([]);
  const changed = findMistakes(truth, {
    symbols: [
      { ...truth.symbols[0]!, class: "check_valve" },
      { bbox: [300, 10, 20, 20], class: "drain" },
    ],
    pipeMask: mask,
    junctions: [
      { at: [100, 50], kind: "plain" },
      { at: [350, 50], kind: "tee" },
    ],
    graph: { ...graph, edges: [{ ...graph.edges[0]!, id: "p1", direction: "backward", style: "dashed" }] },
  });
  expect(changed.map(({ kind, what }) => `${kind}: ${what}`)).toEqual([
    "missed-symbol: globe_valve",
    "extra-symbol: drain",
    "wrong-class: gate_valve → check_valve",
    "extra-junction: tee",
    "wrong-junction: tee → plain",
    "wrong-direction: p1",
    "wrong-style: p1",
  ]);
  const svg = drawMistakes(changed, truth, new Uint8Array([1, 2, 3]));
  expect(svg).toContain("symbol missed: 1");
  expect(svg).toContain('cx="350" cy="50"');
  const lost = findMistakes(truth, { ...reading, graph: { ...graph, edges: [] } });
  expect(lost).toMatchObject([{ kind: "missed-edge", what: "e1", points: graph.edges[0]!.points }]);
});

it("says nothing about flow arrows to a truth that lists none", () => {
  const arrow = { bbox: [100, 45, 12, 8] as [number, number, number, number], class: "flow_arrow" };
  const withArrow = { ...reading, symbols: [...truth.symbols, arrow] };
  expect(findMistakes(truth, withArrow).map(({ kind }) => kind)).toEqual(["extra-symbol"]);
  expect(scoreSheet(truth, withArrow).symbolsAgnostic.falsePositives).toBe(1);
  const blind = { ...truth, listsArrows: false };
  expect(findMistakes(blind, withArrow)).toEqual([]);
  expect(scoreSheet(blind, withArrow).symbolsAgnostic.f1).toBe(1);
});
