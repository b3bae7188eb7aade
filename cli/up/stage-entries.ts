import type { Pipeline } from "#shared/pipeline";
import { type StageEntry, stagesOf } from "#shared/stage";

/** Every stage of the pipelines with its module: services lie beside the command line, built or not. */
export function stageEntries(pipelines: readonly Pipeline[]): StageEntry[] {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const services = new Set(
    pipelines.flatMap((pipeline) => Object.values(pipeline.stages).map((stage) => stage.service)),
  );
  const entries = [...services].flatMap((service) =>
    stagesOf(service, new URL(`../../services/${service}/index.${extension}`, import.meta.url), pipelines),
  );
  // In the order of the declaration: later stages have the right of way.
  const order = pipelines.flatMap((pipeline) => Object.keys(pipeline.stages));
  return entries.sort((a, b) => order.indexOf(a.stage.name) - order.indexOf(b.stage.name));
}
