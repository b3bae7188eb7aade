import type { Dimension, Model } from "#shared/inference";
import type { LEARNED_MODELS } from "#shared/messages";
import type { Dataset } from "./dataset/types.ts";

/** The five models that are learned from what people corrected. */
export type ModelName = (typeof LEARNED_MODELS)[number];

/** What a trainer is given besides its data. */
export interface TrainOptions {
  /** Same seed and dataset, same bytes. */
  seed: number;
  /** Aborted at the soft time limit, on revoke and on shutdown. */
  signal: AbortSignal;
  /** @param fraction 0..1 */
  progress(fraction: number, note?: string): void;
  /** What an earlier attempt left through `saveCheckpoint`; of another dataset or seed it is passed over. */
  checkpoint?: Uint8Array;
  /** Called now and then, and once more when `signal` is aborted. */
  saveCheckpoint(bytes: Uint8Array): Promise<void>;
  settings?: TrainSettings;
}

/** What may be set for every trainer; each takes its own defaults. */
export interface TrainSettings {
  /** Most examples held in memory; beyond, a sample is drawn that keeps every correction it can. @default 20000 */
  maxExamples?: number;
  /** Rounds, epochs or restarts, whatever the trainer counts. */
  rounds?: number;
}

/** What training leaves. */
export interface Trained {
  /** One input, one output, checked: finite weights, the shapes of its trainer. */
  onnx: Uint8Array;
  /** For people: what it was trained on and how. */
  card: Record<string, unknown>;
  /** Figures on the training part, and on a piece of it kept aside. Compare versions with `score` on the hold-out instead. */
  metrics: Record<string, number>;
}

/** A model's figures on one sheet of the hold-out, so that two models are compared sheet by sheet. */
export interface ScoreUnit {
  uid: string;
  /** Σ of what the score averages, and Σ of the weights: score = Σ sum / Σ weight. */
  sum: number;
  weight: number;
}

/** How good a model is on a hold-out; higher is better. */
export interface Scored {
  score: number;
  /** Standard error of `score`, from leaving out one sheet at a time. */
  se: number;
  metrics: Record<string, number>;
  units: ScoreUnit[];
}

/** What scoring needs of an opened model: `openModel` of `#shared/inference` gives it. */
export type Scorable = Pick<Model, "run" | "card">;

/** One of the five: learns, and says how good any version of its model is. */
export interface Trainer {
  name: ModelName;
  queue: "ml_heavy" | "ml_light";
  /** What its job in the diagram pipeline is, one sentence. */
  job: string;
  /** What `score` is called. */
  scoreName: string;
  /** Shapes of the model, as `openModel` checks them. */
  input: readonly Dimension[];
  output: readonly Dimension[];
  /**
   * @throws PermanentError `TOO_FEW_EXAMPLES` naming how many there are and how many are needed; `NOT_FINITE` when weights
   * are no numbers; whatever `signal` is aborted with, after a checkpoint
   */
  train(dataset: Dataset, options: TrainOptions): Promise<Trained>;
  /** @throws PermanentError `EMPTY_HOLDOUT`, `NOT_FINITE` when the model's answers are no numbers */
  score(model: Scorable, holdout: Dataset): Promise<Scored>;
  /** What one gets without a model: the naive way, by its name. */
  baseline(holdout: Dataset): Promise<Scored & { name: string }>;
}
