import type { z } from "zod";
import type { Pipeline } from "#shared/pipeline";
import type { StageDefinition } from "./types.ts";

/**
 * Names a stage of a declared pipeline and its handler. The message and the result are typed by the declaration:
 * returning a message the stage does not give, or naming a stage that is not declared, does not compile.
 */
export function defineStage<
  P extends Pipeline,
  N extends keyof P["declared"] & string,
  S extends z.ZodObject,
  R = undefined,
>(
  pipeline: P,
  name: N,
  definition: Omit<StageDefinition<P, N, S, R>, "pipeline" | "name">,
): StageDefinition<P, N, S, R> {
  return { pipeline, name, ...definition };
}
