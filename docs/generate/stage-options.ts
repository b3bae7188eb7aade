import { PIPELINES, type Stage } from "#shared/pipeline";
import type { AnyStage } from "#shared/stage";
import { walkSchema } from "./walk-schema.ts";

/** The settings each stage declares, as JSON for the gateway, which may not import the stages: by stage, in order. */
export async function stageOptions(): Promise<string> {
  const stages: Record<string, unknown[]> = {};
  for (const pipeline of PIPELINES)
    for (const stage of Object.values<Stage>(pipeline.stages)) {
      // The runtime runs joins: they have no module and no settings of their own.
      if (stage.join) continue;
      const module = new URL(`../../services/${stage.service}/${stage.module}.ts`, import.meta.url);
      const definition: AnyStage = (await import(module.href)).default;
      stages[stage.name] = walkSchema(definition.settings).map((setting) => ({
        name: setting.field,
        description: setting.description,
        type: setting.type,
        default: setting.default,
        range: setting.range,
        ...setting.bounds,
      }));
    }
  return `${JSON.stringify(stages, null, 2)}\n`;
}
