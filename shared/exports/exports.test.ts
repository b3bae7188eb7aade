import fc from "fast-check";
import { expect, test } from "vitest";
import { type Graph, Graph as GraphSchema } from "#shared/messages";
import { arbitraryGraph } from "#test/arbitrary-graph";
import { exampleGraph } from "#test/example-graph";
import { assertWellFormed } from "#test/well-formed";
import { toDexpi, toFxml, toGraphml, toOverlaySvg } from "./index.ts";

const exporters = { toFxml, toGraphml, toDexpi, toOverlaySvg };
const empty: Graph = {
  version: 1,
  sheet: { uid: "empty", widthPx: 100, heightPx: 50 },
  nodes: [],
  edges: [],
  crossings: [],
};

test.each(Object.entries(exporters))(
  "%s writes the same text for the same graph and leaves it untouched",
  (_, write) => {
    const graph = exampleGraph();
    const before = JSON.stringify(graph);
    expect(write(graph)).toBe(write(exampleGraph()));
    expect(JSON.stringify(graph)).toBe(before);
  },
);

test.each([
  "<a><b></a>",
  "<a>&#0;</a>",
  "<a>\u0001</a>",
  "<a b='<'/>",
  "<a x:b='1'/>",
  "<a b='1' b='2'/>",
  "<a>&nbsp;</a>",
])("the check for well-formed XML refuses %j", async (broken) => {
  await expect(assertWellFormed(`<?xml version="1.0" encoding="UTF-8"?>\n${broken}`)).rejects.toThrow();
});

test.each(Object.entries(exporters))("%s takes an empty sheet", async (_, write) => {
  await assertWellFormed(write(empty));
});

test.each(Object.entries(exporters))(
  "%s writes well-formed XML for any text in any field",
  async (_, write) => {
    await fc.assert(
      fc.asyncProperty(arbitraryGraph, async (graph) => {
        GraphSchema.parse(graph);
        await assertWellFormed(write(graph));
      }),
      { numRuns: 60 },
    );
  },
);

test("FXML ids are unique for any tags", () => {
  fc.assert(
    fc.property(arbitraryGraph, (graph) => {
      const ids = [...toFxml(graph).matchAll(/fx:id="([^"]*)"/g)].map((match) => match[1]);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toHaveLength(4 + graph.nodes.length + graph.edges.length);
    }),
    { numRuns: 60 },
  );
});

test("DEXPI ids are unique, every reference has a target, and every edge is exactly one centre line", () => {
  fc.assert(
    fc.property(arbitraryGraph, (graph) => {
      const xml = toDexpi(graph);
      const ids = [...xml.matchAll(/ ID="([^"]*)"/g)].map((match) => match[1]);
      expect(new Set(ids).size).toBe(ids.length);
      const known = new Set(ids);
      for (const [, id] of xml.matchAll(/ (?:ItemID|FromID|ToID)="([^"]*)"/g)) expect(known).toContain(id);
      expect(xml.match(/<CenterLine /g) ?? []).toHaveLength(graph.edges.length);
    }),
    { numRuns: 60 },
  );
});
