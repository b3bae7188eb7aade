import { expect, it } from "vitest";
import { DIAGRAM_ARTIFACTS, diagramPipeline, GATES, PIPELINES, type Stage } from "./index.ts";

const MINUTE = 60_000;

for (const pipeline of PIPELINES) {
  const stages: Stage[] = Object.values(pipeline.stages);
  const messages = Object.entries(pipeline.messages);
  const makers = (type: string) => stages.filter((stage) => stage.gives.includes(type));
  const takers = (type: string) => stages.filter((stage) => stage.takes.includes(type));

  it(`${pipeline.name}: every message has a maker, or comes from people or the runtime`, () => {
    const fromOutside = [pipeline.failed, pipeline.revoked];
    const unmade = messages.filter(
      ([type, spec]) => makers(type).length === 0 && !spec.anonymous && !fromOutside.includes(type as never),
    );
    expect(unmade.map(([type]) => type)).toEqual([]);
  });

  it(`${pipeline.name}: every message has one taker, or ends the run, or waits for a person`, () => {
    const lost = messages.filter(
      ([type, spec]) => takers(type).length !== (spec.final || spec.waits ? 0 : 1),
    );
    expect(lost.map(([type]) => type)).toEqual([]);
  });

  it(`${pipeline.name}: every message leaves the run in a state of its own`, () => {
    const states = messages.map(([, spec]) => spec.state);
    expect(new Set(states).size).toBe(states.length);
  });

  it(`${pipeline.name}: no message leads back to itself, but for a source split into pages`, () => {
    const next = (type: string) =>
      takers(type).flatMap((stage) => stage.gives.filter((given) => !stage.takes.includes(given)));
    const reached = (type: string): Set<string> => {
      const seen = new Set<string>();
      const queue = next(type);
      for (let at = queue.shift(); at !== undefined; at = queue.shift())
        if (!seen.has(at)) {
          seen.add(at);
          queue.push(...next(at));
        }
      return seen;
    };
    for (const [type] of messages) expect(reached(type).has(type), type).toBe(false);
  });

  it(`${pipeline.name}: consumers' names and filters are unique, so no stage takes another's work`, () => {
    const filters = stages.flatMap((stage) => [...stage.filters]);
    expect(new Set(filters).size).toBe(filters.length);
    for (const filter of filters) expect(filter.startsWith(`${pipeline.name}.`)).toBe(true);
  });
}

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
