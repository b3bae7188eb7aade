import { readFileSync } from "node:fs";
import { Graph } from "#shared/messages";

/** A small realistic graph, drawn by hand: pump, exchanger, vessel, tees, a jump, a plain crossing, signals of every kind. */
export function exampleGraph(): Graph {
  const file = new URL("../fixtures/example.graph.json", import.meta.url);
  return Graph.parse(JSON.parse(readFileSync(file, "utf8")));
}
