import { expect, test } from "vitest";
import { diagramPipeline } from "#shared/pipeline";
import { parseTask } from "./task-id.ts";

test("a task id names stage, run and generation", () => {
  expect(parseTask(diagramPipeline, "gate-masks.a_1-b.g3")).toMatchObject({
    stage: { name: "gate-masks" },
    run: "a_1-b",
    generation: 3,
  });
  expect(parseTask(diagramPipeline, "detect.g1")).toMatchObject({ run: "g1", generation: 0 });
});

test("what is no task of the pipeline is refused", () => {
  for (const id of ["detect", "detect.", "dissolve.a1", "detect.a.b.c", "detect.a*", "detect.a.g-1"])
    expect(() => parseTask(diagramPipeline, id)).toThrow(expect.objectContaining({ code: "BAD_TASK" }));
});
