import type { Bus } from "#shared/bus";
import { PenstockError } from "#shared/errors";
import { freezeDataset, openFrozenDataset } from "#shared/learn";
import { type DatasetRef, LEARNED_MODELS, type ModelName, type RetrainRequested } from "#shared/messages";
import type { StageContext } from "#shared/stage";

/** A dataset, and the models it is too small for. */
export interface Frozen {
  /** Null when there was nothing to freeze. */
  dataset: DatasetRef | null;
  left: Partial<Record<ModelName, string>>;
  /** Why there was nothing. */
  why?: string;
}

/** Freezes what people have validated, or opens the dataset that was asked for. @throws PermanentError `DATASET_NOT_FOUND`, `DATASET_CORRUPT` */
export async function freeze(
  bus: Bus,
  request: RetrainRequested,
  models: readonly ModelName[],
  context: Pick<StageContext, "signal" | "log" | "progress">,
): Promise<Frozen> {
  // How much the networks of external trainers need is for those to say.
  const learned = LEARNED_MODELS.filter((model) => models.includes(model));
  if (request.dataset !== undefined) return openFrozenDataset(bus, request.dataset, learned);
  try {
    return await freezeDataset(bus, { models: learned, by: request.by ?? "retrain", ...context });
  } catch (error) {
    if (!(error instanceof PenstockError) || error.code !== "DATASET_TOO_SMALL") throw error;
    return { dataset: null, left: {}, why: error.message };
  }
}
