import {
  JoinOverdue,
  PartLost,
  RetrainCompleted,
  RetrainEvaluated,
  RetrainFailed,
  RetrainJoined,
  RetrainPlanned,
  RetrainPromoted,
  RetrainRequested,
  RetrainRevoked,
  RetrainSkipped,
  RetrainTrain,
  RetrainTrained,
  RetrainTurn,
} from "#shared/messages";
import { definePipeline } from "./define-pipeline.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Models whose training keeps a worker busy for long; the others share a queue of quick ones. */
export const HEAVY_MODELS = ["detector", "segmenter", "classification"] as const;
export const LIGHT_MODELS = ["regression", "clustering", "ranking", "recommendation"] as const;

/** THE declaration of the retraining pipeline: plan, one training per model, join, evaluate, promote, clean up. */
export const retrainPipeline = definePipeline({
  name: "retrain",
  stream: "RETRAIN",
  failed: "retrain.failed",
  revoked: "retrain.revoked",
  schedules: [{ name: "retrain-nightly", type: "retrain.requested", body: {}, cron: "0 0 2 * * *" }],
  messages: {
    "retrain.requested": {
      schema: RetrainRequested,
      state: "requested",
      anonymous: true,
      summary: "models shall be trained: asked by the schedule or a person",
    },
    "retrain.skipped": {
      schema: RetrainSkipped,
      state: "skipped",
      final: true,
      summary: "nothing to train: another run is going, or there is too little data",
    },
    "retrain.turn": {
      schema: RetrainTurn,
      state: "turn",
      single: true,
      summary: "which run may train; taken together with the plan",
    },
    "retrain.train": { schema: RetrainTrain, state: "train", part: true, summary: "train one model" },
    "retrain.planned": {
      schema: RetrainPlanned,
      state: "training",
      summary: "the dataset is frozen, the trainings are on their way",
    },
    "retrain.trained": {
      schema: RetrainTrained,
      state: "trained",
      part: true,
      summary: "a candidate and its metrics",
    },
    "retrain.train_failed": {
      schema: PartLost,
      state: "train_failed",
      part: true,
      summary: "one training gives no candidate",
    },
    "retrain.overdue": {
      schema: JoinOverdue,
      state: "overdue",
      timer: true,
      summary: "the deadline of the trainings",
    },
    "retrain.joined": { schema: RetrainJoined, state: "joined", summary: "all trainings have ended" },
    "retrain.evaluated": {
      schema: RetrainEvaluated,
      state: "evaluated",
      summary: "candidates and live models scored on the same hold-out",
    },
    "retrain.promoted": { schema: RetrainPromoted, state: "promoted", summary: "what was better is live" },
    "retrain.completed": {
      schema: RetrainCompleted,
      state: "completed",
      final: true,
      summary: "old experiments are cleaned up",
    },
    "retrain.failed": { schema: RetrainFailed, state: "error", final: true, summary: "ended with an error" },
    "retrain.revoked": {
      schema: RetrainRevoked,
      state: "revoked",
      final: true,
      summary: "ended by a person, with all its parts",
    },
  },
  stages: {
    "plan-training": {
      service: "retrain-coordinator",
      module: "plan",
      takes: ["retrain.requested"],
      gives: ["retrain.train", "retrain.turn", "retrain.planned", "retrain.skipped"],
      queue: "default",
      concurrency: 1,
      summary: "Freezes the dataset and sends one training per model.",
    },
    "train-heavy": {
      service: "retrain-trainer",
      module: "train-heavy",
      takes: ["retrain.train"],
      parts: HEAVY_MODELS,
      gives: ["retrain.trained"],
      queue: "ml_heavy",
      softLimitMs: 2 * HOUR,
      hardLimitMs: 2 * HOUR + 10 * MINUTE,
      summary: "Trains a network, or runs an external trainer.",
    },
    "train-light": {
      service: "retrain-trainer",
      module: "train-light",
      takes: ["retrain.train"],
      parts: LIGHT_MODELS,
      gives: ["retrain.trained"],
      queue: "ml_light",
      concurrency: 4,
      summary: "Trains a small model.",
    },
    "join-training": {
      service: "retrain-coordinator",
      module: "join",
      takes: ["retrain.planned", "retrain.trained", "retrain.train_failed", "retrain.overdue"],
      gives: ["retrain.joined"],
      join: {
        planned: "retrain.planned",
        task: "retrain.train",
        result: "retrain.trained",
        lost: "retrain.train_failed",
        overdue: "retrain.overdue",
        policy: { atLeast: 1 },
        deadlineMs: 8 * HOUR,
      },
      queue: "light",
      inline: true,
      summary: "Fires once, when every training has ended or the deadline has come.",
    },
    evaluate: {
      service: "retrain-evaluator",
      module: "evaluate",
      takes: ["retrain.joined"],
      gives: ["retrain.evaluated"],
      queue: "ml_light",
      concurrency: 1,
      summary: "Scores candidates and live models on the same frozen hold-out.",
    },
    promote: {
      service: "retrain-evaluator",
      module: "promote",
      takes: ["retrain.evaluated"],
      gives: ["retrain.promoted"],
      queue: "light",
      concurrency: 1,
      summary: "Makes live what is better beyond noise.",
    },
    "clean-up": {
      service: "retrain-evaluator",
      module: "clean-up",
      takes: ["retrain.promoted"],
      gives: ["retrain.completed"],
      queue: "light",
      concurrency: 1,
      summary: "Removes old experiments, never a live or a previous model.",
    },
  },
});
