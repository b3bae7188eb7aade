import type { Pipeline, Stage } from "./types.ts";

/**
 * The stages that have a task to do for a message: those that take its type and, of parts, this one.
 * @param part name of the part the message is about
 */
export function takersOf(pipeline: Pipeline, type: string, part?: string): Stage[] {
  const stages: Stage[] = Object.values(pipeline.stages);
  return stages.filter((stage) => {
    if (!stage.takes.includes(type)) return false;
    // A join has one task for all that arrives: it begins with the plan.
    if (stage.join) return type === stage.join.planned;
    return !stage.parts || part === undefined || stage.parts.includes(part);
  });
}
