import { expect, test } from "vitest";
import type { Graph } from "#shared/messages";
import { exampleGraph } from "#test/example-graph";
import { escapeFxml } from "./escape-fxml.ts";
import { toFxml } from "./to-fxml.ts";

/** A tagged valve on a jump: two lines pass over each other. */
const small: Graph = {
  version: 1,
  sheet: { uid: "s", widthPx: 200, heightPx: 100 },
  nodes: [
    { id: "v", type: "symbol", class: "gate_valve", center: [30, 50], bbox: [10, 40, 40, 20], tag: "24-HV" },
    { id: "t", type: "tee", center: [150, 50] },
    { id: "a", type: "endpoint", center: [100, 0] },
    { id: "b", type: "endpoint", center: [100, 100] },
  ],
  edges: [
    {
      id: "1",
      source: "v",
      target: "t",
      points: [
        [50, 50],
        [150, 50],
      ],
      line: "process",
      style: "solid",
      direction: "forward",
      widthPx: 3,
    },
    {
      id: "2",
      source: "a",
      target: "b",
      points: [
        [100, 0],
        [100, 100],
      ],
      line: "signal",
      style: "dashed",
      direction: null,
      widthPx: 0,
      tag: "24-HV",
    },
  ],
  crossings: [{ at: [100, 50], kind: "bridge", edges: ["1", "2"] }],
};

test("names elements after tags, the symbol before the line of the same tag", () => {
  const fxml = toFxml(small);
  expect(fxml).toMatch(/<Group fx:id="_24_HV" styleClass="symbol, gate_valve"/);
  expect(fxml).toMatch(/<Polyline fx:id="_24_HV_2" styleClass="line, signal, dashed"/);
  expect(fxml).toMatch(/<Circle fx:id="tee_t" styleClass="junction, tee"/);
});

test("carries tag and class in user data", () => {
  const data = /userData="([^"]*)"/.exec(toFxml(small).split('_24_HV"')[1] ?? "")?.[1] ?? "";
  expect(JSON.parse(data.replaceAll("&quot;", '"'))).toEqual({
    tag: "24-HV",
    class: "gate_valve",
    type: "symbol",
    id: "v",
  });
});

test("draws the level line of a bridge jumping and its flow as an arrow", () => {
  const [first, second] = [...toFxml(small).matchAll(/<Polyline fx:id[^>]* points="([^"]*)"/g)].map((m) =>
    m[1]!.split(","),
  );
  expect(first!.length).toBeGreaterThan(4);
  expect(second).toEqual(["100", "0", "100", "100"]);
  expect(toFxml(small).match(/styleClass="arrow, process"/g)).toHaveLength(1);
});

test("refers to nothing outside: no stylesheet, image or controller unless asked for", () => {
  const fxml = toFxml(exampleGraph());
  expect(fxml).not.toMatch(/stylesheets|Image|fx:controller|fx:include/);
  expect(toFxml(small, { controller: "plant.Mimic" })).toContain('fx:controller="plant.Mimic"');
});

test("takes the meaning away from operators at the start of a value", () => {
  expect(["$x", "@x", "%x", "#{x}", "\\x", "#x", "x$"].map(escapeFxml)).toEqual([
    "\\$x",
    "\\@x",
    "\\%x",
    "\\#{x}",
    "\\\\x",
    "#x",
    "x$",
  ]);
});
