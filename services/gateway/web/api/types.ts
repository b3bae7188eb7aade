/** Answers of the gateway: each has its type where it is made. */
export type {
  Attempt,
  AuditPage,
  AuditRecord,
  Overview,
  RunDetail,
  RunSummary,
  RunsPage,
  StageOverview,
  TaskDetail,
  TaskState,
  TaskSummary,
  TasksPage,
  Timeline,
  WorkerRow,
  WorkersAnswer,
} from "#shared/history";
export type { ModelEntry, ModelVersion } from "#shared/models";
export type { BulkResult, DeadLetter, RetrainPart, RetrainRun, Schedule, StageQueue } from "#shared/operate";
export type { DeadLetterDetail } from "../../routes/dead.ts";
export type { Declaration, DeclaredPipeline, DeclaredStage } from "../../routes/pipeline.ts";
export type { StageSettingsRow } from "../../routes/settings.ts";
export type { TaskInput } from "../../routes/tasks.ts";
export type { StageOption } from "../../settings/stage-options.ts";
