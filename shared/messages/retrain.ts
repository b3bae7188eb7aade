import { z } from "zod";
import { ArtifactRef } from "./artifact.ts";
import { JoinPlan, JoinResult } from "./join.ts";
import { Uid } from "./uid.ts";

/** Models that learn from corrected diagrams; trained by every run that does not name others. */
export const LEARNED_MODELS = [
  "classification",
  "regression",
  "clustering",
  "ranking",
  "recommendation",
] as const;
/** Every model that can be trained; the first two by external trainers only. */
export const MODEL_NAMES = ["detector", "segmenter", ...LEARNED_MODELS] as const;
export const ModelName = z.enum(MODEL_NAMES);
export type ModelName = z.infer<typeof ModelName>;

const text = z.string().max(1000);
const artifacts = z.record(z.string().max(100), ArtifactRef);
const numbers = z.record(z.string().max(100), z.number());

/** An immutable dataset: what it holds lies in `artifacts`, by file name. */
export const DatasetRef = z.object({
  /** `ds-<digest prefix>`; the same content has the same version. */
  version: z.string().min(1).max(100),
  /** `SHA-256=<base64url>` over all its files. */
  digest: z.string().max(200),
  /** Ms since the epoch. */
  createdAt: z.number(),
  /** Diagrams, examples per model and split (`classification.train`, `classification.holdout`, …). */
  counts: numbers.default({}),
  artifacts,
});
export type DatasetRef = z.infer<typeof DatasetRef>;

/** `retrain.requested`: starts a run. Every field may be left out. */
export const RetrainRequested = z.object({
  uid: Uid.optional(),
  /** Names are checked by the plan, so that a wrong one is told in the run. @default all learned models */
  models: z.array(z.string().max(100)).max(50).optional(),
  /** Version of a frozen dataset; a new one is frozen when absent. */
  dataset: z.string().max(100).optional(),
  /** Seed of every random choice of the run. @default 1 */
  seed: z.number().int().nonnegative().optional(),
  by: z.string().max(200).optional(),
  reason: text.optional(),
  /** Name of the schedule that asked. */
  schedule: z.string().max(100).optional(),
});
export type RetrainRequested = z.infer<typeof RetrainRequested>;

/** What every event after the plan carries. */
const base = {
  uid: Uid,
  models: z.array(ModelName).min(1),
  dataset: DatasetRef,
  seed: z.number().int().nonnegative(),
  by: z.string().max(200).default("unknown"),
  reason: text.default(""),
  schedule: z.string().max(100).optional(),
  /** Models asked for that were not trained, and why (too little data). */
  left: z.partialRecord(ModelName, text).default({}),
};

/** `retrain.planned`: the dataset is frozen, one training per model is on its way. */
export const RetrainPlanned = z.object({ ...base, join: JoinPlan });
export type RetrainPlanned = z.infer<typeof RetrainPlanned>;

/** `retrain.train.<run>.<model>`: train one model. */
export const RetrainTrain = z.object({
  uid: Uid,
  model: ModelName,
  dataset: DatasetRef,
  seed: z.number().int().nonnegative(),
});
export type RetrainTrain = z.infer<typeof RetrainTrain>;

/** `retrain.trained.<run>.<model>`: a candidate. */
export const RetrainTrained = z.object({
  uid: Uid,
  model: ModelName,
  /** `model.onnx`, `card.json`, and whatever else the trainer leaves (`metrics.json`, `train.log`). */
  artifacts,
  /** On the trainer's own validation split, never the hold-out. */
  metrics: numbers.default({}),
  /** `builtin`, or the command line of an external trainer. */
  trainer: text,
  seed: z.number().int().nonnegative(),
  runtimeMs: z.number().nonnegative(),
});
export type RetrainTrained = z.infer<typeof RetrainTrained>;

/** `retrain.joined`: all trainings have ended, at least one with a candidate (`join.results[].result` is a RetrainTrained). */
export const RetrainJoined = z.object({ ...base, join: JoinResult });
export type RetrainJoined = z.infer<typeof RetrainJoined>;

/** One candidate beside the live model, on the same frozen hold-out. */
export const Evaluation = z.object({
  /** The model's own main score, higher is better; null when the candidate could not be scored. */
  score: z.number().nullable(),
  /** Null when nothing is live. */
  liveScore: z.number().nullable(),
  liveVersion: z.string().max(200).nullable(),
  /** True when better than the live model beyond noise. */
  better: z.boolean(),
  /** Why, with the numbers. */
  reason: text,
  metrics: numbers.default({}),
  candidate: RetrainTrained.nullable(),
});
export type Evaluation = z.infer<typeof Evaluation>;

/** `retrain.evaluated`: every model of the run has been judged, those that were not trained included. */
export const RetrainEvaluated = RetrainJoined.extend({ evaluations: z.partialRecord(ModelName, Evaluation) });
export type RetrainEvaluated = z.infer<typeof RetrainEvaluated>;

/** What became of one candidate. */
export const Promotion = z.object({
  promoted: z.boolean(),
  /** Version the candidate has in the registry; null when it was not kept. */
  version: z.string().max(200).nullable(),
  /** Version that was live before. */
  previous: z.string().max(200).nullable(),
  reason: text,
});
export type Promotion = z.infer<typeof Promotion>;

/** `retrain.promoted`: what was better is live. */
export const RetrainPromoted = RetrainEvaluated.extend({ promotions: z.partialRecord(ModelName, Promotion) });
export type RetrainPromoted = z.infer<typeof RetrainPromoted>;

/** `retrain.completed`: old experiments are gone; the run is over. */
export const RetrainCompleted = RetrainPromoted.extend({
  cleaned: z.object({ versions: z.number().int(), objects: z.number().int(), bytes: z.number() }),
});
export type RetrainCompleted = z.infer<typeof RetrainCompleted>;

/** `retrain.skipped`: nothing was trained, for a reason that is no error (`RUN_ALREADY_GOING`, `TOO_LITTLE_DATA`). */
export const RetrainSkipped = z.object({
  uid: Uid,
  code: z.string().max(100),
  reason: text,
  /** Those asked for. */
  models: z.array(ModelName).optional(),
  by: z.string().max(200).default("unknown"),
  schedule: z.string().max(100).optional(),
  dataset: DatasetRef.optional(),
});
export type RetrainSkipped = z.infer<typeof RetrainSkipped>;

/** `retrain.turn`: which run may train now; the last one counts, and taking the turn is one compare-and-set. */
export const RetrainTurn = z.object({ uid: Uid });
export type RetrainTurn = z.infer<typeof RetrainTurn>;

/** `retrain.failed`: the run ended in state `error`; live models are as they were. */
export const RetrainFailed = z.object({
  uid: Uid,
  error_stage: z.string(),
  error_code: z.string(),
  error_message: z.string(),
});
export type RetrainFailed = z.infer<typeof RetrainFailed>;

/** `retrain.revoked`: a person ended the run and all its parts. */
export const RetrainRevoked = z.object({
  uid: Uid,
  by: z.string().max(200).default("unknown"),
  reason: text.default(""),
});
export type RetrainRevoked = z.infer<typeof RetrainRevoked>;
