import { expect, test } from "vitest";
import type { GraphEdge } from "#shared/messages";
import { chainPipes } from "./chain-pipes.ts";

const pipe = (id: string, direction: GraphEdge["direction"] = null): GraphEdge => ({
  id,
  source: id[0]!,
  target: id[1]!,
  points: [
    [0, 0],
    [1, 1],
  ],
  line: "process",
  style: "solid",
  direction,
  widthPx: 1,
});
/** Capital letters are equipment, which ends a chain. */
const chains = (...pipes: GraphEdge[]) =>
  chainPipes(pipes, (id) => id === id.toLowerCase()).map(({ nodes }) => nodes.join(""));

test("runs through in-line components and ends at equipment", () => {
  expect(chains(pipe("Av"), pipe("vw"), pipe("wB"), pipe("Bx"))).toEqual(["AvwB", "Bx"]);
});

test("ends at a tee, where three pipes meet", () => {
  expect(chains(pipe("At"), pipe("tB"), pipe("tv"), pipe("vC"))).toEqual(["At", "tB", "tvC"]);
});

test("runs with the flow, even when only one pipe knows it and was drawn the other way round", () => {
  expect(chains(pipe("Av"), pipe("vB", "backward"))).toEqual(["BvA"]);
  expect(chains(pipe("vA", "forward"), pipe("vB"))).toEqual(["BvA"]);
});

test("cuts a loop of fittings somewhere and keeps a pipe that returns to its own node", () => {
  expect(chains(pipe("ab"), pipe("bc"), pipe("ca"))).toEqual(["abca"]);
  expect(chains(pipe("aa"))).toEqual(["aa"]);
});
