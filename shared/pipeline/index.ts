export { definePipeline, subjectsOf } from "./define-pipeline.ts";
export { DIAGRAM_ARTIFACTS, diagramPipeline, GATES } from "./diagram.ts";
export { PIPELINES } from "./pipelines.ts";
export { HEAVY_MODELS, LIGHT_MODELS, retrainPipeline } from "./retrain.ts";
export { takersOf } from "./takers-of.ts";
export type { JoinSpec, MessageSpec, Pipeline, Queue, ScheduleSpec, Stage, StageSpec } from "./types.ts";
