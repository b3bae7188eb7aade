export { type CheckOptions, checkModel } from "./check/check-model.ts";
export type { TriedModel } from "./check/try-model.ts";
export { ModelConfig, modelCacheDir } from "./config.ts";
export {
  type DeclaredModel,
  declaredModel,
  isModelName,
  MODELS,
} from "./declared.ts";
export { type FetchOptions, fetchVersion } from "./files/fetch-version.ts";
export { checkModelName } from "./keys.ts";
export { type AttemptModels, attemptModels } from "./live/attempt-models.ts";
export { ModelShelf, type OpenSettings, type ShelfLog, type ShelfOptions } from "./live/model-shelf.ts";
export { type LiveRef, type LiveWatch, watchLive } from "./live/watch-live.ts";
export {
  type LiveChange,
  LiveRecord,
  type ModelEntry,
  type ModelVersion,
  SHIPPED,
  StoredVersion,
  type VersionState,
} from "./records.ts";
export { type AboutVersion, addModel, MODEL_MAX_BYTES, type ModelSource } from "./registry/add.ts";
export { listModels, showModel, showVersion } from "./registry/list.ts";
export { type LiveVersion, liveVersions } from "./registry/live-versions.ts";
export { type PromoteOptions, promoteModel, rollbackModel } from "./registry/promote.ts";
export { readLive, readVersion } from "./registry/read-live.ts";
export { type Retention, removeModel, retainModels } from "./registry/remove.ts";
export { styleTable } from "./style-table.ts";
