import type { Pipeline, Stage } from "#shared/pipeline";
import { Refusal } from "./refusal.ts";

/**
 * Reads `<stage>.<run>` or `<stage>.<run>.g<n>`.
 * @throws Refusal `BAD_TASK`
 */
export function parseTask(pipeline: Pipeline, id: string): { stage: Stage; run: string; generation: number } {
  const match = id.match(/^([a-z0-9_-]+)\.([A-Za-z0-9_-]{1,64})(?:\.g(\d{1,6}))?$/);
  const stage = match?.[1] === undefined ? undefined : pipeline.stages[match[1]];
  if (!match?.[2] || !stage)
    throw new Refusal(
      "invalid",
      "BAD_TASK",
      `"${id.slice(0, 120)}" is no task of pipeline ${pipeline.name}: a task reads <stage>.<uid>, stages are ${Object.keys(pipeline.stages).join(", ")}`,
    );
  return { stage, run: match[2], generation: Number(match[3] ?? 0) };
}
