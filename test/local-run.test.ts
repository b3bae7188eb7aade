import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { Graph } from "#shared/messages";
import { openLocalRun } from "#test/local-run";

const model = (name: string) => ({ modelPath: `test/fixtures/models/${name}.onnx` });

describe("every stage on one sheet", () => {
  it("turns two symbols and a line between them into two nodes and an edge", async () => {
    const run = await openLocalRun({
      settings: {
        detect: { ...model("detector"), confidence: 0.6 },
        segment: model("segmenter"),
        classify: model("junction"),
      },
    });
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"><rect width="256" height="256" fill="#fff"/>
      <rect y="64" width="64" height="64"/><rect x="192" y="64" width="64" height="64"/><rect x="64" y="94" width="128" height="4"/></svg>`;
    const sheet = await sharp(Buffer.from(svg), { density: 72 }).png().toBuffer();
    const { event, artifacts, seconds } = await run(sheet, { uid: "two-squares" });
    const graph = Graph.parse(JSON.parse(new TextDecoder().decode(artifacts["validated_graph.json"])));
    expect(graph.nodes.map((node) => node.bbox)).toEqual([
      [0, 64, 64, 64],
      [192, 64, 64, 64],
    ]);
    expect(graph.edges).toHaveLength(1);
    expect(new Set([graph.edges[0]!.source, graph.edges[0]!.target])).toEqual(
      new Set(graph.nodes.map(({ id }) => id)),
    );
    expect(event).toMatchObject({ uid: "two-squares", counts: { symbols: 2, nodes: 2, edges: 1 } });
    expect(Object.keys(seconds)).toHaveLength(10);

    const again = await run(sheet, {
      uid: "two-squares",
      replace: { "pipe_mask.png": artifacts["node_mask.png"]! },
    });
    expect(again.event.counts.edges).toBe(0);
  });
});
