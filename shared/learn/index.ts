export type {
  BoxExample,
  CellExample,
  Dataset,
  DatasetSheet,
  DatasetVersion,
  EdgeExample,
  JunctionExample,
  SheetRecord,
  Split,
} from "./dataset/types.ts";
export { PATCH_SIDE } from "./dataset/types.ts";
export {
  MODEL_NAMES,
  type ModelName,
  type Scorable,
  type Scored,
  type ScoreUnit,
  type Trained,
  type Trainer,
  type TrainOptions,
  type TrainSettings,
} from "./types.ts";
