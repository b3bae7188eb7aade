// Scores candidates and live models on the same frozen hold-out. Takes retrain.joined, gives retrain.evaluated.
import { busDatasets, readDataset } from "#shared/learn";
import { type Evaluation, type ModelName, RetrainTrained } from "#shared/messages";
import { retrainPipeline } from "#shared/pipeline";
import { defineStage } from "#shared/stage";
import { judge } from "./judge.ts";
import { evaluateSettings } from "./settings.ts";

export default defineStage(retrainPipeline, "evaluate", {
  settings: evaluateSettings,
  setup: ({ bus }) => bus,
  async handle(message, context) {
    const { resources: bus, settings, progress, log, signal } = context;
    const { holdout } = await readDataset(busDatasets(bus), message.dataset.version);
    const evaluations: Partial<Record<ModelName, Evaluation>> = {};
    for (const [done, model] of message.models.entries()) {
      signal.throwIfAborted();
      const part = message.join.results.find(({ name }) => name === model);
      const candidate = RetrainTrained.safeParse(part?.result).data ?? null;
      const evaluation = await judge({
        model,
        candidate,
        lost: part?.error?.message ?? message.left[model] ?? "it was not trained",
        holdout,
        standardErrors: settings.standardErrors,
        context,
      });
      evaluations[model] = evaluation;
      log.info(`${model}: ${evaluation.reason}`);
      progress((done + 1) / message.models.length, model);
    }
    return { type: "retrain.evaluated" as const, body: { ...message, evaluations } };
  },
});
