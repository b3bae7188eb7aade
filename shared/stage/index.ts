export { controlSubject } from "./control.ts";
export { buryMessage, type DeadReason } from "./dead-letter.ts";
export { defineStage } from "./define-stage.ts";
export { type FannedOut, type FanOut, publishFanOut } from "./fan-out.ts";
export { type MemoryContext, memoryContext } from "./memory-context.ts";
export { mintedId } from "./read-delivery.ts";
export { existingResult, publishOnce } from "./results.ts";
export { endWith, runProcess } from "./run-process.ts";
export { runService, stagesOf, WorkerConfig } from "./run-service.ts";
export { changeStageSettings, readStageSettings, StageSettings } from "./stage-settings.ts";
export { type RunningStages, type StageEntry, type StartStagesOptions, startStages } from "./start-stages.ts";
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
export { packageVersion } from "./version.ts";
export type { AttemptStep } from "./worker.ts";
