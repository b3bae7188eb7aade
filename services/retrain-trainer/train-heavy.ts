// Trains a network, or runs an external trainer. Takes retrain.train, gives retrain.trained.
import { retrainPipeline } from "#shared/pipeline";
import { defineStage } from "#shared/stage";
import { heavySettings } from "./settings.ts";
import { trainModel } from "./train-model.ts";

export default defineStage(retrainPipeline, "train-heavy", {
  settings: heavySettings,
  pinned: ["detectorCommand", "segmenterCommand", "classificationCommand"],
  setup: ({ bus }) => bus,
  handle: trainModel,
});
