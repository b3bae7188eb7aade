export { defineStage } from "./define-stage.ts";
export { type MemoryContext, memoryContext } from "./memory-context.ts";
export type {
  AnyStage,
  Emission,
  InputOf,
  OutputOf,
  StageArtifacts,
  StageContext,
  StageDefinition,
  StageLog,
} from "./types.ts";
