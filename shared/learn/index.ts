export { type BuildOptions, buildDataset, type DatasetSource } from "./dataset/build-dataset.ts";
export { describeSheet } from "./dataset/describe-sheet.ts";
export type { Evidence } from "./dataset/evidence.ts";
export { exportDataset } from "./dataset/export-dataset.ts";
export {
  type FreezeOptions,
  type FrozenDataset,
  freezeDataset,
  openFrozenDataset,
} from "./dataset/freeze-dataset.ts";
export { readJunctionList } from "./dataset/junction-list.ts";
export { listDatasets } from "./dataset/list-datasets.ts";
export { type OpenedDataset, readDataset } from "./dataset/read-dataset.ts";
export { splitOf } from "./dataset/split.ts";
export { busDatasets, type DatasetStore, folderDatasets } from "./dataset/store.ts";
export type {
  BoxExample,
  CellExample,
  Dataset,
  DatasetCounts,
  DatasetSheet,
  DatasetVersion,
  EdgeExample,
  JunctionExample,
  SheetRecord,
  Split,
} from "./dataset/types.ts";
export { validatedDiagrams } from "./dataset/validated-diagrams.ts";
export { PATCH_SIDE } from "./features/symbol-patch.ts";
export { type LaidOut, type LayOutOptions, type LeftOut, layOutSheets } from "./outside/lay-out-sheets.ts";
export { compareScores } from "./score/scored.ts";
export { NEEDS, tooSmallFor } from "./trainers/needs.ts";
export { TRAINERS } from "./trainers/trainers.ts";
export type {
  ModelName,
  Scorable,
  Scored,
  ScoreUnit,
  Trained,
  Trainer,
  TrainOptions,
  TrainSettings,
} from "./types.ts";
export { expectedCorrections } from "./use/expected-corrections.ts";
export { boxCertainties, graphCertainties, leastCertainty } from "./use/least-certainty.ts";
export { type AtGate, correctionsOf, probableCorrections } from "./use/probable-corrections.ts";
export { type Suggestion, type SuggestModels, suggest } from "./use/suggest.ts";
