import { z } from "zod";
import type { ModelName } from "#shared/messages";

const command = (model: string) =>
  z
    .string()
    .max(4000)
    .default("")
    .describe(
      `external trainer of model ${model}: a command that gets {data} and {out}, and may use {holdout}, {checkpoint} and {seed}; empty: the built-in one`,
    );

/** Settings of both stages; each has the commands of its own models. */
export const common = {
  maxExamples: z.coerce
    .number()
    .int()
    .min(0)
    .max(10_000_000)
    .default(0)
    .describe("most examples a built-in trainer holds in memory; 0: its own default"),
  commandLimitMs: z.coerce
    .number()
    .int()
    .min(1_000)
    .max(604_800_000)
    .default(7_200_000)
    .describe("an external trainer that takes longer has failed, and is killed with all it has started"),
  killGraceMs: z.coerce
    .number()
    .int()
    .min(0)
    .max(600_000)
    .default(10_000)
    .describe("how long an external trainer has to write a checkpoint when it is asked to stop"),
};

export const heavySettings = z.object({
  ...common,
  detectorCommand: command("detector"),
  segmenterCommand: command("segmenter"),
  classificationCommand: command("classification"),
});

export const lightSettings = z.object({
  ...common,
  regressionCommand: command("regression"),
  clusteringCommand: command("clustering"),
  rankingCommand: command("ranking"),
  recommendationCommand: command("recommendation"),
});

/** What training one model needs of the settings. */
export interface TrainerSettings {
  maxExamples: number;
  commandLimitMs: number;
  killGraceMs: number;
}

/** The command of a model, empty for none. */
export const commandOf = (settings: object, model: ModelName): string =>
  (settings as Record<string, string>)[`${model}Command`] ?? "";
