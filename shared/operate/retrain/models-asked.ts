import { LEARNED_MODELS, MODEL_NAMES, ModelName } from "#shared/messages";
import { Refusal } from "../refusal.ts";

/**
 * The models a run shall train: those asked for, each once, or all that learn from corrections.
 * @throws Refusal `UNKNOWN_MODEL`, `NO_MODELS`
 */
export function modelsAsked(names: readonly string[] | undefined): ModelName[] {
  if (names === undefined) return [...LEARNED_MODELS];
  if (names.length === 0)
    throw new Refusal("invalid", "NO_MODELS", "no model is named: leave the list out to train all");
  const unknown = names.filter((name) => !ModelName.safeParse(name).success);
  if (unknown.length === 0) return [...new Set(names)] as ModelName[];
  const shown = unknown.slice(0, 5).map((name) => `"${name.slice(0, 40)}"`);
  throw new Refusal(
    "invalid",
    "UNKNOWN_MODEL",
    `${shown.join(", ")} ${unknown.length > 1 ? "are no models" : "is no model"}; there are ${MODEL_NAMES.join(", ")}`,
  );
}
