import type { Bus } from "#shared/bus";
import { diagramPipeline, type Pipeline } from "#shared/pipeline";
import { checkUid } from "./check-uid.ts";
import { allPipelines } from "./pipelines.ts";

/**
 * The pipeline that has messages of a run; diagrams first, and theirs also when nobody knows the run.
 * @throws Refusal `BAD_UID`
 */
export async function pipelineOfRun(bus: Bus, uid: string): Promise<Pipeline> {
  checkUid(uid);
  for (const pipeline of allPipelines) {
    const filter = { subjects_filter: `${pipeline.name}.*.${uid}` };
    const { state } = await bus.jsm.streams.info(pipeline.stream, filter);
    if (Object.keys(state.subjects ?? {}).length > 0) return pipeline;
  }
  return diagramPipeline;
}
