import { describe, expect, it } from "vitest";
import { DiagramEvent, Graph } from "#shared/messages";
import { writeGrey, writeMask } from "#shared/raster";
import { memoryContext } from "#shared/stage";
import { type Box, findJunctions, type Mask, resolveJunctions, thin } from "#shared/vision";
import stage from "./stage.ts";

const WIDTH = 500;
const HEIGHT = 300;

function maskOf(boxes: Box[], value = 1): Mask {
  const data = new Uint8Array(WIDTH * HEIGHT);
  for (const [x, y, w, h] of boxes)
    for (let row = y; row < y + h; row++) data.fill(value, row * WIDTH + x, row * WIDTH + x + w);
  return { width: WIDTH, height: HEIGHT, data };
}

/** Pump (50,100) and valve (410,100) joined by a line, a branch at x 250 down to a tank, a second line passing over at y 200. */
const pipes: Box[] = [
  [90, 118, 320, 4],
  [248, 120, 4, 130],
  [60, 198, 380, 4],
];
const box = (id: number, category_id: number, bbox: Box) => ({ id, image_id: 1, category_id, bbox });
const coco = (scores: boolean) => ({
  images: [{ id: 1, file_name: "sheet.png", width: WIDTH, height: HEIGHT }],
  categories: [
    { id: 0, name: "gate_valve" },
    { id: 1, name: "centrifugal_pump" },
    { id: 2, name: "tank" },
  ],
  annotations: [
    { ...box(1, 1, [50, 100, 40, 40]), ...(scores && { score: 0.9 }) },
    // A person moved the valve: the score is not its any more.
    scores ? { ...box(2, 0, [405, 100, 40, 40]), score: 0.7 } : box(2, 0, [410, 100, 40, 40]),
    { ...box(3, 2, [230, 250, 40, 40]), ...(scores && { score: 0.8 }) },
    { ...box(4, 0, [20, 185, 40, 30]), ...(scores && { score: 0.95 }) },
    { ...box(5, 0, [440, 185, 40, 30]), ...(scores && { score: 0.96 }) },
  ],
});

async function build(change: { pipes?: Box[]; artifacts?: Record<string, undefined> } = {}) {
  const context = await memoryContext(stage);
  const mask = maskOf(change.pipes ?? pipes);
  const skeleton = thin(mask);
  const junctions = resolveJunctions(findJunctions(skeleton, { lineWidthPx: 4, ink: mask }), {
    lineWidthPx: 4,
  });
  const artifacts = {
    "sheet.png": context.seed(
      "sheet.png",
      await writeGrey({ ...mask, data: mask.data.map((v) => 255 - 255 * v) }),
    ),
    "skeleton.png": context.seed("skeleton.png", await writeMask(skeleton)),
    "pipe_mask.png": context.seed("pipe_mask.png", await writeMask(mask)),
    "style_mask.png": context.seed("style_mask.png", await writeGrey(mask)),
    "detections.json": context.seed("detections.json", JSON.stringify(coco(true))),
    "annotations.json": context.seed("annotations.json", JSON.stringify(coco(false))),
    "junctions.json": context.seed(
      "junctions.json",
      JSON.stringify({ version: 1, lineWidthPx: 4, junctions }),
    ),
    ...change.artifacts,
  };
  const given = {
    uid: "d1",
    lineWidthPx: 4,
    confidence: { graph: 0.93 },
    artifacts: JSON.parse(JSON.stringify(artifacts)),
  };
  const result = await stage.handle(DiagramEvent.parse(given), context);
  const { body, type } = Array.isArray(result) ? result[0]! : result;
  const event = DiagramEvent.parse(body);
  return { type, event, graph: Graph.parse(JSON.parse(context.text(event.artifacts["graph.json"]!))) };
}

describe("build", () => {
  it("joins neighbours through a tee and keeps a line that only passes whole", async () => {
    const { type, event, graph } = await build();
    expect(type).toBe("diagram.built");
    const name = new Map(graph.nodes.map((node) => [node.id, node.class ?? node.type]));
    const pairs = graph.edges
      .map(({ source, target }) => [name.get(source), name.get(target)].sort().join(" - "))
      .sort();
    expect(pairs).toEqual([
      "centrifugal_pump - tee",
      "gate_valve - gate_valve",
      "gate_valve - tee",
      "tank - tee",
    ]);
    expect(graph.crossings).toMatchObject([{ kind: "plain" }]);
    expect(graph.sheet).toEqual({ uid: "d1", widthPx: WIDTH, heightPx: HEIGHT });
    expect(event.counts).toEqual({ nodes: 6, edges: 4, crossings: 1 });
    expect(event.confidence.graph).toBe(0.93);
  });

  it("keeps the detector's score of symbols nobody changed", async () => {
    const { graph } = await build();
    const scores = graph.nodes.filter(({ type }) => type === "symbol").map(({ score }) => score);
    expect(scores).toEqual([0.9, undefined, 0.8, 0.95, 0.96]);
  });

  it("is less sure of a sheet where a line ends in the open", async () => {
    const { graph, event } = await build({ pipes: [...pipes, [320, 120, 4, 50]] });
    expect(graph.nodes.map(({ type }) => type)).toContain("endpoint");
    expect(event.confidence.graph).toBe(0.5);
  });

  it("gives symbols without edges when there are no lines", async () => {
    const { graph, event } = await build({ pipes: [] });
    expect([graph.nodes.length, graph.edges.length, event.confidence.graph]).toEqual([5, 0, 0]);
  });

  it("fails for good without a skeleton", async () => {
    await expect(build({ artifacts: { "skeleton.png": undefined } })).rejects.toMatchObject({
      code: "ARTIFACT_ABSENT",
      kind: "permanent",
    });
  });
});
