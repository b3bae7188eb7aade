import type { z } from "zod";
import { CommonConfig } from "#shared/config";
import { ModelConfig } from "#shared/models";
import { PIPELINES, type Stage } from "#shared/pipeline";
import { type AnyStage, WorkerConfig } from "#shared/stage";
import { ExporterConfig } from "../../services/exporter/config.ts";
import { GatewayConfig } from "../../services/gateway/config.ts";
import { TrackerConfig } from "../../services/tracker/config.ts";
import { code, plain, table } from "./markdown.ts";
import { walkSchema } from "./walk-schema.ts";

/** Every variable of every service, from the schemas that read them. */
export async function configTables(): Promise<string> {
  const parts = [
    section("Every process", CommonConfig),
    section("Workers (stages)", WorkerConfig),
    section("Whatever opens models of the registry", ModelConfig),
    section("gateway", GatewayConfig, "gateway"),
    section("tracker", TrackerConfig),
    section("exporter", ExporterConfig, "exporter"),
  ];
  for (const pipeline of PIPELINES)
    for (const stage of Object.values<Stage>(pipeline.stages)) {
      // The runtime runs joins: they have no module and no settings of their own.
      if (stage.join) continue;
      const module = new URL(`../../services/${stage.service}/${stage.module}.ts`, import.meta.url);
      const definition: AnyStage = (await import(module.href)).default;
      parts.push(
        section(
          `stage ${stage.name} ([services/${stage.service}](../services/${stage.service}))`,
          definition.settings,
          stage.name,
        ),
      );
    }
  return parts.join("\n");
}

function section(title: string, schema: z.ZodObject, prefix = ""): string {
  const rows = walkSchema(schema, prefix).map((setting) => [
    code(setting.variable),
    setting.type,
    setting.default === "" ? (setting.optional ? "" : "_must be set_") : code(setting.default),
    setting.range,
    plain(setting.description),
  ]);
  if (rows.length === 0) return `### ${title}\n\nNo settings.\n`;
  return `### ${title}\n\n${table(["variable", "type", "default", "range", "what"], rows)}`;
}
