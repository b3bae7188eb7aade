export { type Approval, approve } from "./approve.ts";
export { findArtifact, listArtifacts, readArtifact } from "./artifacts.ts";
export { type Actor, type AuditEntry, audit, signed } from "./audit.ts";
export { BULK_MAX, type BulkOptions, type BulkResult, bulkTasks, type TaskFilter } from "./bulk.ts";
export { CORRECTION_MAX_BYTES, checkCorrection } from "./check-correction.ts";
export { checkName, NAME_MAX } from "./check-name.ts";
export { checkUid } from "./check-uid.ts";
export { CONTROL_VERBS, type ControlReply, type ControlVerb, control } from "./control.ts";
export { dropAllDead, dropDead } from "./dead/drop.ts";
export { type DeadFilter, type DeadLetter, listDead, type OpenedDeadLetter, showDead } from "./dead/read.ts";
export { type Redriven, redrive, redriveAll } from "./dead/redrive.ts";
export { type DraftInfo, dropDraft, readDraft, saveDraft } from "./drafts.ts";
export { mintUid } from "./mint-uid.ts";
export { pause, resume } from "./pause.ts";
export { pipelineOfRun } from "./pipeline-of-run.ts";
export { allPipelines, pipelineNamed, pipelineOfSubject, runWord } from "./pipelines.ts";
export { purge } from "./purge.ts";
export { allStages, listQueues, readQueue, type StageQueue, stagesNamed } from "./queues.ts";
export { Refusal, type RefusalReason } from "./refusal.ts";
export { remove, thumbnailKey } from "./remove.ts";
export { alreadyGoing, readTurn, type Turn } from "./retrain/going.ts";
export {
  listRetrains,
  type RetrainPart,
  type RetrainRun,
  readRetrain,
  type TrainingState,
} from "./retrain/list.ts";
export { modelsAsked } from "./retrain/models-asked.ts";
export { type RetrainOptions, startRetrain } from "./retrain/start.ts";
export { type Retried, type RetryOptions, retry } from "./retry.ts";
export { type Revoked, type RevokeOptions, revoke } from "./revoke.ts";
export { eventOf, type RunEvent, type RunNow, readRun } from "./run-events.ts";
export { type ScanOptions, scan } from "./scan.ts";
export { catchUpSchedules } from "./schedules/catch-up.ts";
export { listSchedules, type Schedule } from "./schedules/list.ts";
export { runSchedule } from "./schedules/run.ts";
export { removeSchedule, type ScheduleChange, setSchedule } from "./schedules/set.ts";
export { hashSecret, isSecretHash, verifySecret } from "./secret/hash-secret.ts";
export { getStageSettings, setStageSettings } from "./settings.ts";
export { inputOf } from "./stage-input.ts";
export { type Started, startTask } from "./start-task.ts";
export { limited, storeUpload, UPLOAD_MAX_BYTES } from "./store-upload.ts";
export { type DrawingSource, type SubmitOptions, type Submitted, submit } from "./submit.ts";
export { type NamedTask, parseTask, taskNamed } from "./task-id.ts";
