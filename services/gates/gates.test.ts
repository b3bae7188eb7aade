import { describe, expect, it } from "vitest";
import { DiagramEvent } from "#shared/messages";
import { memoryContext } from "#shared/stage";
import annotation from "./annotation.ts";
import graph from "./graph.ts";
import masks from "./masks.ts";

const coco = {
  images: [{ id: 1, file_name: "sheet.png", width: 100, height: 80 }],
  categories: [{ id: 0, name: "gate_valve", supercategory: "valve" }],
  annotations: [{ id: 1, image_id: 1, category_id: 0, bbox: [10, 10, 20, 12], area: 240, score: 0.91 }],
};

const gates = [
  {
    stage: annotation,
    gate: "annotation",
    passed: "diagram.annotated",
    waiting: "diagram.awaiting_annotation",
  },
  { stage: masks, gate: "masks", passed: "diagram.masks_validated", waiting: "diagram.awaiting_masks" },
  { stage: graph, gate: "graph", passed: "diagram.graph_validated", waiting: "diagram.awaiting_graph" },
] as const;

async function event(stage: (typeof gates)[number]["stage"], change: Record<string, unknown>, settings = {}) {
  const context = await memoryContext(stage, settings);
  const artifacts = {
    "detections.json": context.seed("detections.json", JSON.stringify(coco)),
    "graph.json": context.seed("graph.json", '{"version":1}'),
    "pipe_mask.png": context.seed("pipe_mask.png", "mask"),
  };
  const message = DiagramEvent.parse({ uid: "d1", artifacts, ...change });
  const result = await stage.handle(message, context);
  return { context, message, result: Array.isArray(result) ? result[0]! : result };
}

describe.each(gates)("the $gate gate", ({ stage, gate, passed, waiting }) => {
  const cases: [string, Record<string, unknown>, string][] = [
    ["passes when review is none, however unsure", { review: "none", confidence: { [gate]: 0.1 } }, passed],
    ["passes in auto when every item is sure", { review: "auto", confidence: { [gate]: 0.8 } }, passed],
    ["waits in auto when one item is not", { review: "auto", confidence: { [gate]: 0.79 } }, waiting],
    ["waits in auto when nothing is known", { review: "auto" }, waiting],
    [
      "waits in auto when the sheet itself is doubtful, however sure the items",
      {
        review: "auto",
        confidence: { [gate]: 1 },
        quality: { score: 0.7, reasons: [{ code: "UNEVEN_LIGHT", message: "the light is uneven" }] },
      },
      waiting,
    ],
    ["waits for a person in manual", { review: "manual", confidence: { [gate]: 1 } }, waiting],
    ["waits for CVAT", { review: "cvat", confidence: { [gate]: 1 } }, waiting],
  ];
  for (const [what, change, type] of cases)
    it(what, async () => {
      const { result, message } = await event(stage, change);
      expect(result.type).toBe(type);
      expect(result.body).toMatchObject({ uid: "d1", review: message.review, artifacts: message.artifacts });
    });

  it("takes its threshold from the settings", async () => {
    const { result } = await event(
      stage,
      { review: "auto", confidence: { [gate]: 0.5 } },
      { threshold: 0.4 },
    );
    expect(result.type).toBe(passed);
  });
});

describe("what a gate writes", () => {
  it("annotations are the detections without scores", async () => {
    const { context, result } = await event(annotation, {});
    const written = JSON.parse(context.text(result.body.artifacts["annotations.json"]! as never));
    expect(written).toEqual({
      ...coco,
      annotations: [{ id: 1, image_id: 1, category_id: 0, bbox: [10, 10, 20, 12], area: 240 }],
    });
  });

  it("the validated graph is the built one", async () => {
    const { context, result } = await event(graph, {});
    expect(context.text(result.body.artifacts["validated_graph.json"]! as never)).toBe('{"version":1}');
  });

  it("nothing is written while it waits", async () => {
    const { result, message } = await event(annotation, { review: "manual" });
    expect(result.body.artifacts).toEqual(message.artifacts);
  });

  it("an event without the artifact fails for good", async () => {
    const context = await memoryContext(graph);
    const message = DiagramEvent.parse({ uid: "d1", artifacts: {} });
    await expect(graph.handle(message, context)).rejects.toMatchObject({
      code: "ARTIFACT_ABSENT",
      kind: "permanent",
    });
  });
});
