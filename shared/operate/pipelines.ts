import { PIPELINES, type Pipeline } from "#shared/pipeline";
import { Refusal } from "./refusal.ts";

/** Every declared pipeline, without what is special about each. */
export const allPipelines: readonly Pipeline[] = PIPELINES;

/** A declared pipeline by its name. @throws Refusal `PIPELINE_UNKNOWN` */
export function pipelineNamed(name: string): Pipeline {
  const pipeline = allPipelines.find((each) => each.name === name);
  if (pipeline) return pipeline;
  throw new Refusal(
    "missing",
    "PIPELINE_UNKNOWN",
    `there is no pipeline "${name.slice(0, 60)}"; declared are ${allPipelines.map((each) => each.name).join(", ")}`,
  );
}

/** The pipeline a message type belongs to; undefined for a subject nobody declares. */
export function pipelineOfSubject(subject: string): { pipeline: Pipeline; type: string } | undefined {
  for (const pipeline of allPipelines) {
    const type = Object.keys(pipeline.messages).find(
      (each) => subject === each || subject.startsWith(`${each}.`),
    );
    if (type) return { pipeline, type };
  }
  return undefined;
}

/** What a run of a pipeline is called in a sentence. */
export const runWord = (pipeline: Pipeline): string =>
  pipeline.name === "diagram" ? "diagram" : `${pipeline.name} run`;
