import type { Pipeline, Stage } from "#shared/pipeline";
import { allPipelines } from "./pipelines.ts";
import { Refusal } from "./refusal.ts";

/** What a task id says. */
export interface NamedTask {
  pipeline: Pipeline;
  stage: Stage;
  run: string;
  /** Part of the run, for a stage that works on parts. */
  part?: string;
  generation: number;
}

/**
 * Reads `<stage>.<run>`, `<stage>.<run>.<part>`, either with `.g<n>` behind it.
 * @param pipelines where stages are looked up
 * @throws Refusal `BAD_TASK`
 */
export function parseTask(pipelines: Pipeline | readonly Pipeline[], id: string): NamedTask {
  const all = "stages" in pipelines ? [pipelines] : pipelines;
  const match = id.match(
    /^([a-z0-9_-]+)\.([A-Za-z0-9_-]{1,64})(?:\.(?!g\d+$)([A-Za-z0-9_-]{1,64}))?(?:\.g(\d{1,6}))?$/,
  );
  const [, name = "", run, part, generation] = match ?? [];
  const pipeline = all.find((each) => Object.hasOwn(each.stages, name));
  const stage = pipeline?.stages[name];
  // Only stages that work on parts of runs have tasks named for them.
  if (!run || !pipeline || !stage || (part !== undefined && stage.lost === undefined))
    throw new Refusal(
      "invalid",
      "BAD_TASK",
      `"${id.slice(0, 120)}" is no task of ${all.map((each) => `pipeline ${each.name}`).join(" or ")}: a task reads <stage>.<uid>, stages are ${all.flatMap((each) => Object.keys(each.stages)).join(", ")}`,
    );
  return {
    pipeline,
    stage,
    run,
    generation: Number(generation ?? 0),
    ...(part === undefined ? {} : { part }),
  };
}

/** The task an id names, of any declared pipeline. @throws Refusal `BAD_TASK` */
export const taskNamed = (id: string): NamedTask => parseTask(allPipelines, id);
