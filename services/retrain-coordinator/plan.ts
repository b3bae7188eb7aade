/**
 * Freezes the dataset of a retraining and sends one training per model.
 * Takes retrain.requested; gives retrain.train per model, retrain.turn and retrain.planned together, or retrain.skipped.
 */
import type { Bus } from "#shared/bus";
import type { ModelName, RetrainRequested } from "#shared/messages";
import { alreadyGoing, modelsAsked, readTurn } from "#shared/operate";
import { retrainPipeline } from "#shared/pipeline";
import { defineStage } from "#shared/stage";
import { type Frozen, freeze } from "./freeze.ts";
import { PlanSettings } from "./settings.ts";

const HOUR_MS = 3_600_000;

/** What the plan asks of the world; tests bring their own. */
export interface PlanResources {
  bus: Bus;
  freeze: typeof freeze;
  readTurn: typeof readTurn;
}

export default defineStage(retrainPipeline, "plan-training", {
  settings: PlanSettings,
  setup: ({ bus }): PlanResources => ({ bus, freeze, readTurn }),
  async handle(request, { resources, task, settings, signal, log, progress }) {
    const models = modelsAsked(request.models);
    const turn = await resources.readTurn(resources.bus);
    if (turn.going && turn.going.run !== task.run)
      return skipped(request, task.run, models, "RUN_ALREADY_GOING", alreadyGoing(turn.going));
    const frozen = await resources.freeze(resources.bus, request, models, { signal, log, progress });
    const { dataset, left } = frozen;
    const trained = models.filter((model) => left[model] === undefined);
    if (!dataset || trained.length === 0) return tooLittle(request, task.run, models, frozen);
    const seed = request.seed ?? 1;
    log.info("planned", { dataset: dataset.version, models: trained, left });
    return [
      ...trained.map((model) => ({
        type: "retrain.train" as const,
        part: model,
        body: { uid: task.run, model, dataset, seed },
      })),
      { type: "retrain.turn", body: { uid: task.run }, expectLast: turn.seq },
      {
        type: "retrain.planned",
        body: { ...origin(request), uid: task.run, models, dataset, seed, left },
        deadlineMs: Math.round(settings.deadlineHours * HOUR_MS),
      },
    ];
  },
});

/** Who asked and why, as every later event tells it. */
const origin = ({ by, reason, schedule }: RetrainRequested) => ({
  ...(by === undefined ? {} : { by }),
  ...(reason === undefined ? {} : { reason }),
  ...(schedule === undefined ? {} : { schedule }),
});

function skipped(request: RetrainRequested, uid: string, models: ModelName[], code: string, reason: string) {
  return { type: "retrain.skipped" as const, body: { ...origin(request), uid, models, code, reason } };
}

function tooLittle(
  request: RetrainRequested,
  uid: string,
  models: ModelName[],
  { dataset, left, why }: Frozen,
) {
  const each = models.map((model) => left[model]).filter((reason) => reason !== undefined);
  const reason = (why ?? [...new Set(each)].join("; ")).slice(0, 1_000);
  const { type, body } = skipped(request, uid, models, "TOO_LITTLE_DATA", reason);
  return { type, body: { ...body, ...(dataset ? { dataset } : {}) } };
}
