import type { Bus } from "#shared/bus";
import type { RetrainTrain, RetrainTrained } from "#shared/messages";
import type { StageContext } from "#shared/stage";
import { openCheckpoints } from "./checkpoints.ts";
import { trainOutside } from "./external/train-outside.ts";
import { commandOf, type TrainerSettings } from "./settings.ts";
import { trainBuiltIn } from "./train-built-in.ts";

/** What either kind of trainer leaves. */
export type Candidate = Pick<RetrainTrained, "artifacts" | "metrics" | "trainer">;

/** Trains one model on the frozen dataset: with the command its settings name, else with the built-in trainer. */
export async function trainModel(
  message: RetrainTrain,
  context: StageContext<TrainerSettings, Bus>,
): Promise<{ type: "retrain.trained"; body: RetrainTrained }> {
  const begun = performance.now();
  const { uid, model, seed } = message;
  const command = commandOf(context.settings, model);
  const checkpoints = openCheckpoints(context.resources, uid, model, context.task.attempt);
  const candidate = command
    ? await trainOutside(message, command, checkpoints, context)
    : await trainBuiltIn(message, checkpoints, context);
  const runtimeMs = Math.round(performance.now() - begun);
  return { type: "retrain.trained", body: { uid, model, seed, runtimeMs, ...candidate } };
}
