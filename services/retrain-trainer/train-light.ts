// Trains a small model. Takes retrain.train, gives retrain.trained.
import { retrainPipeline } from "#shared/pipeline";
import { defineStage } from "#shared/stage";
import { lightSettings } from "./settings.ts";
import { trainModel } from "./train-model.ts";

export default defineStage(retrainPipeline, "train-light", {
  settings: lightSettings,
  pinned: ["regressionCommand", "clusteringCommand", "rankingCommand", "recommendationCommand"],
  setup: ({ bus }) => bus,
  handle: trainModel,
});
