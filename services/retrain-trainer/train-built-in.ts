import type { Bus } from "#shared/bus";
import { PermanentError } from "#shared/errors";
import { busDatasets, readDataset, TRAINERS } from "#shared/learn";
import type { RetrainTrain } from "#shared/messages";
import type { StageContext } from "#shared/stage";
import type { Checkpoints } from "./checkpoints.ts";
import type { TrainerSettings } from "./settings.ts";
import type { Candidate } from "./train-model.ts";

/** Checkpoints in passing are for executors that die; the one when asked to stop is always kept. */
const SAVE_EVERY_MS = 300_000;

/**
 * Trains with the built-in trainer of a model.
 * @throws PermanentError `NO_TRAINER`, and the codes of `#shared/learn`; what the signal was aborted with, after a checkpoint
 */
export async function trainBuiltIn(
  { model, dataset, seed }: RetrainTrain,
  checkpoints: Checkpoints,
  context: StageContext<TrainerSettings, Bus>,
): Promise<Candidate> {
  const { resources: bus, settings, signal, artifacts, progress, log } = context;
  if (!Object.hasOwn(TRAINERS, model))
    throw new PermanentError(
      "NO_TRAINER",
      `model ${model} has no built-in trainer; name an external one (${context.task.stage.toUpperCase().replace("-", "_")}_${model.toUpperCase()}_COMMAND)`,
    );
  const trainer = TRAINERS[model as keyof typeof TRAINERS];
  const { train } = await readDataset(busDatasets(bus), dataset.version);
  const checkpoint = await checkpoints.load();
  if (checkpoint) log.info(`goes on from a checkpoint of ${checkpoint.byteLength} bytes`);
  let savedAt = Date.now();
  const { onnx, card, metrics } = await trainer.train(train, {
    seed,
    signal,
    progress,
    ...(checkpoint ? { checkpoint } : {}),
    async saveCheckpoint(bytes) {
      if (!signal.aborted && Date.now() - savedAt < SAVE_EVERY_MS) return;
      savedAt = Date.now();
      await checkpoints.save(bytes);
      log.info(`checkpoint of ${bytes.byteLength} bytes kept`);
    },
    settings: settings.maxExamples > 0 ? { maxExamples: settings.maxExamples } : {},
  });
  return {
    metrics,
    trainer: "builtin",
    artifacts: {
      "model.onnx": await artifacts.put("model.onnx", onnx, "application/onnx"),
      "card.json": await artifacts.put("card.json", JSON.stringify(card), "application/json"),
      "metrics.json": await artifacts.put("metrics.json", JSON.stringify(metrics), "application/json"),
    },
  };
}
