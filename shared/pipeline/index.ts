export { definePipeline, subjectsOf } from "./define-pipeline.ts";
export { DIAGRAM_ARTIFACTS, diagramPipeline, GATES, PIPELINES } from "./diagram.ts";
export type { MessageSpec, Pipeline, Queue, Stage, StageSpec } from "./types.ts";
