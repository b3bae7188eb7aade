import { z } from "zod";
import { modelSettings } from "#shared/inference";

export const detectSettings = z.object({
  ...modelSettings("detector"),
  confidence: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe("claims less sure are dropped, 0..1; 0: what the model's card says, else 0.25"),
  slicePx: z.coerce
    .number()
    .int()
    .min(0)
    .max(10_000)
    .default(0)
    .describe("side of a slice in sheet pixels; 0: what the model asks for, else its input size"),
  overlapRatio: z.coerce
    .number()
    .min(0)
    .max(0.9)
    .default(0.2)
    .describe("share of a slice its neighbour sees too"),
  batchSize: z.coerce.number().int().min(1).max(64).default(2).describe("slices per model run"),
  fullSheet: z.stringbool().or(z.boolean()).default(true).describe("also look at the whole sheet at once"),
  closerLook: z
    .stringbool()
    .or(z.boolean())
    .default(true)
    .describe("look again, half as large again, where many symbols are below 16 px"),
});
export type DetectSettings = z.output<typeof detectSettings>;
