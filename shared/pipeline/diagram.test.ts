import { expect, it } from "vitest";
import { DIAGRAM_ARTIFACTS, diagramPipeline, GATES } from "./index.ts";

const MINUTE = 60_000;

it("only ingest gives what it takes: the pages of a source", () => {
  const loops = Object.values(diagramPipeline.stages).filter((stage) =>
    stage.gives.some((type) => stage.takes.includes(type)),
  );
  expect(loops.map((stage) => stage.name)).toEqual(["ingest"]);
});

it("has gates that wait in one declared message and pass as another", () => {
  expect(Object.keys(GATES)).toEqual(["annotation", "masks", "graph"]);
  for (const gate of Object.values(GATES)) {
    const stage = diagramPipeline.stages[gate.stage];
    expect([...stage.gives].sort()).toEqual([gate.approved, gate.waiting].sort());
    expect(diagramPipeline.messages[gate.waiting]).toMatchObject({ waits: true });
    expect(DIAGRAM_ARTIFACTS).toHaveProperty([gate.artifact]);
    expect(DIAGRAM_ARTIFACTS).toHaveProperty([gate.from]);
    expect(stage).toMatchObject({ queue: "light", inline: true });
  }
});

it("keeps the limits of the system it replaces", () => {
  for (const stage of Object.values(diagramPipeline.stages))
    expect(stage).toMatchObject({
      retries: 2,
      retryDelayMs: MINUTE,
      softLimitMs: 25 * MINUTE,
      hardLimitMs: 30 * MINUTE,
      ackWaitMs: 30_000,
      concurrency: { gpu: 1, default: 4, light: 8 }[stage.queue as "gpu" | "default" | "light"],
    });
});

it("has the stages, queues and states that dashboards and scripts know", () => {
  const stages = Object.values(diagramPipeline.stages);
  expect(stages.map((stage) => `${stage.name} ${stage.queue}`)).toEqual([
    "ingest default",
    "detect gpu",
    "gate-annotation light",
    "segment gpu",
    "skeletonize default",
    "gate-masks light",
    "thin default",
    "classify gpu",
    "build default",
    "gate-graph light",
    "export default",
  ]);
  expect(Object.values(diagramPipeline.messages).map((message) => message.state)).toEqual([
    "uploaded",
    "split",
    "ingested",
    "detected",
    "awaiting_annotation",
    "annotated",
    "segmented",
    "skeletonized",
    "awaiting_masks",
    "masks_validated",
    "thinned",
    "classified",
    "built",
    "awaiting_graph",
    "graph_validated",
    "completed",
    "error",
    "revoked",
  ]);
});
