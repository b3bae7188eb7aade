import { z } from "zod";
import { modelSettings } from "#shared/inference";

export const classifySettings = z.object({
  ...modelSettings("classification"),
  trust: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(0.8)
    .describe("the network decides where it is at least this sure, geometry elsewhere"),
  batchSize: z.coerce.number().int().min(1).max(1024).default(64).describe("patches per model run"),
});
