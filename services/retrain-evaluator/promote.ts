// Makes live what is better beyond noise. Takes retrain.evaluated, gives retrain.promoted.
import { z } from "zod";
import type { ModelName, Promotion } from "#shared/messages";
import { retrainPipeline } from "#shared/pipeline";
import { defineStage } from "#shared/stage";
import { keepCandidate } from "./keep-candidate.ts";

export default defineStage(retrainPipeline, "promote", {
  settings: z.object({}),
  setup: ({ bus }) => bus,
  async handle(message, { resources: bus, artifacts, log }) {
    const promotions: Partial<Record<ModelName, Promotion>> = {};
    for (const model of message.models) {
      const evaluation = message.evaluations[model];
      if (!evaluation) continue;
      const promotion = await keepCandidate(bus, artifacts, { run: message, model, evaluation });
      promotions[model] = promotion;
      log.info(`${model}: ${promotion.reason}`);
    }
    return { type: "retrain.promoted" as const, body: { ...message, promotions } };
  },
});
