import { describe, expect, it } from "vitest";
import { dropUnattached } from "./drop-unattached.ts";
import type { VisionEdge, VisionGraph, VisionNode } from "./types.ts";

const node = (id: string, type: VisionNode["type"], name?: string): VisionNode => ({
  id,
  type,
  center: [0, 0],
  ...(name && { class: name }),
});
const edge = (
  id: string,
  source: string,
  target: string,
  direction: VisionEdge["direction"] = null,
): VisionEdge => ({
  id,
  source,
  target,
  points: [
    [0, 0],
    [1, 0],
  ],
  line: "process",
  style: "solid",
  direction,
  widthPx: 4,
});
const graph = (
  nodes: VisionNode[],
  edges: VisionEdge[],
  crossings: VisionGraph["crossings"] = [],
): VisionGraph => ({
  version: 1,
  sheet: { uid: "a", widthPx: 10, heightPx: 10 },
  nodes,
  edges,
  crossings,
});

describe("parts of a graph without a symbol", () => {
  const tank = node("n1", "symbol", "tank");
  const piped = [tank, node("t1", "tee"), node("e1", "endpoint"), node("e2", "endpoint")];
  const pipes = [edge("p1", "n1", "t1"), edge("p2", "t1", "e1"), edge("p3", "t1", "e2")];

  it("are left out with their crossings: a table is no piping", () => {
    const table = [node("a", "tee"), node("b", "tee")];
    const rules = [edge("q1", "a", "b"), edge("q2", "b", "a")];
    const crossing = (first: string, second: string) => ({
      at: [1, 1] as [number, number],
      kind: "plain" as const,
      edges: [first, second] as [string, string],
    });
    const cleaned = dropUnattached(
      graph([...piped, ...table], [...pipes, ...rules], [crossing("p1", "p2"), crossing("p1", "q1")]),
    );
    expect(cleaned).toEqual(graph(piped, pipes, [crossing("p1", "p2")]));
  });

  it("stay when an arrow says which way something flows", () => {
    const line = graph([node("x", "offpage"), node("y", "offpage")], [edge("p1", "x", "y", "forward")]);
    expect(dropUnattached(line)).toEqual(line);
  });

  it("stay when they are symbols nobody connected", () => {
    expect(dropUnattached(graph([tank], []))).toEqual(graph([tank], []));
  });
});
