import { z } from "zod";

/** Settings of the exporter, from `EXPORTER_…`. */
export const ExporterConfig = z.object({
  host: z.string().min(1).default("127.0.0.1").describe("Address to listen on"),
  port: z.number().int().min(0).max(65_535).default(9808).describe("Port to listen on; 0 takes a free one"),
  compat: z
    .enum(["none", "celery-exporter"])
    .default("none")
    .describe("Adds the metrics of another exporter, for dashboards written for it"),
});
export type ExporterConfig = z.infer<typeof ExporterConfig>;
