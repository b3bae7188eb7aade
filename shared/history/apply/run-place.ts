import type { Pipeline } from "#shared/pipeline";

/** Where a message type puts a run. */
export interface Place {
  /** Stages that take it. */
  takers: string[];
  /** A stage that gives it; null for what only people and clients publish. */
  giver: string | null;
  /** How far along the pipeline, 0..1. */
  progress: number;
}

const places = new WeakMap<Pipeline, Map<string, Place>>();

/** The place of each message type, derived from the declaration once. */
export function placeOf(pipeline: Pipeline, type: string): Place {
  let known = places.get(pipeline);
  if (!known) {
    known = derive(pipeline);
    places.set(pipeline, known);
  }
  return known.get(type) ?? { takers: [], giver: null, progress: 0 };
}

/** Longest way to each type; as many rounds as there are types settle it, and end where a pipeline loops. */
function derive(pipeline: Pipeline): Map<string, Place> {
  const stages = Object.values(pipeline.stages);
  const depth = new Map<string, number>();
  const types = Object.keys(pipeline.messages);
  for (let round = 0; round < types.length; round++)
    for (const stage of stages) {
      const from = Math.max(0, ...stage.takes.map((type) => depth.get(type) ?? 0));
      for (const type of stage.gives)
        if (!stage.takes.includes(type))
          depth.set(type, Math.min(types.length, Math.max(depth.get(type) ?? 0, from + 1)));
    }
  const deepest = Math.max(1, ...depth.values());
  return new Map(
    types.map((type) => {
      const takers = stages.filter((stage) => stage.takes.includes(type)).map((stage) => stage.name);
      const giver =
        stages.find((stage) => stage.gives.includes(type) && !stage.takes.includes(type))?.name ?? null;
      const over = pipeline.messages[type]!.final === true;
      return [type, { takers, giver, progress: over ? 1 : (depth.get(type) ?? 0) / deepest }];
    }),
  );
}
