import type { Bus } from "#shared/bus";
import type { DatasetRef } from "#shared/messages";
import { tooSmallFor } from "../trainers/needs.ts";
import type { ModelName } from "../types.ts";
import { buildDataset } from "./build-dataset.ts";
import { readDataset } from "./read-dataset.ts";
import { busDatasets } from "./store.ts";
import type { DatasetVersion } from "./types.ts";
import { validatedDiagrams } from "./validated-diagrams.ts";

export interface FreezeOptions {
  models: readonly ModelName[];
  /** @default "retrain" */
  by?: string;
  signal?: AbortSignal;
  log?: Record<"info" | "warn", (message: string, fields?: Record<string, unknown>) => void>;
  /** @param fraction 0..1 */
  progress?(fraction: number): void;
}

/** A dataset to train on, and the models it is too small for, each with the reason. */
export interface FrozenDataset {
  dataset: DatasetRef;
  left: Partial<Record<ModelName, string>>;
}

/**
 * Freezes what people have validated up to now. Too few diagrams for any model leave all of them.
 * @throws PermanentError `DATASET_TOO_SMALL` when there is nothing to freeze; `DATASET_CORRUPT`
 */
export async function freezeDataset(bus: Bus, options: FreezeOptions): Promise<FrozenDataset> {
  const { signal, log, progress } = options;
  const version = await buildDataset(
    busDatasets(bus),
    validatedDiagrams(bus, { ...(signal && { signal }) }),
    {
      by: options.by ?? "retrain",
      source: "validated",
      ...(signal && { signal }),
      // How many there are is not known before the last; this only ever grows.
      progress: (done) => progress?.(done / (done + 20)),
      passedOver: (uid, reason) => log?.warn(`diagram ${uid} is not learned from: ${reason}`),
    },
  );
  const { train, holdout } = version.totals;
  log?.info(`dataset ${version.name}: ${train.sheets} diagrams to learn from, ${holdout.sheets} held out`);
  return frozen(version, options.models);
}

/**
 * A dataset frozen before, by name.
 * @throws PermanentError `DATASET_NOT_FOUND`, `DATASET_CORRUPT`
 */
export async function openFrozenDataset(
  bus: Bus,
  name: string,
  models: readonly ModelName[],
): Promise<FrozenDataset> {
  return frozen((await readDataset(busDatasets(bus), name)).version, models);
}

function frozen(version: DatasetVersion, models: readonly ModelName[]): FrozenDataset {
  const counts: Record<string, number> = {};
  for (const split of ["train", "holdout"] as const)
    for (const [field, count] of Object.entries(version.totals[split])) counts[`${field}.${split}`] = count;
  const left: FrozenDataset["left"] = {};
  for (const model of models) {
    const reason = tooSmallFor(model, version);
    if (reason) left[model] = reason;
  }
  const { name, digest, createdAt } = version;
  return { dataset: { version: name, digest, createdAt, counts, artifacts: {} }, left };
}
