import type { ModelName, Trainer } from "../types.ts";
import { classification } from "./classification.ts";
import { clustering } from "./clustering.ts";
import { ranking } from "./ranking.ts";
import { recommendation } from "./recommendation.ts";
import { regression } from "./regression.ts";

/** The built-in trainers by the model they make. */
export const TRAINERS: Record<ModelName, Trainer> = {
  classification,
  regression,
  clustering,
  ranking,
  recommendation,
};
