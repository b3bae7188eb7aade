import { z } from "zod";

/** Settings of every stage that runs a model. */
export const modelSettings = (name: string) => ({
  modelPath: z
    .string()
    .default(`models/${name}.onnx`)
    .describe("ONNX file; relative to the working folder, else to Penstock's own"),
  threads: z.coerce
    .number()
    .int()
    .min(0)
    .max(256)
    .default(0)
    .describe("threads of one model run; 0: one per core"),
  provider: z
    .string()
    .regex(/^[a-z]+$/)
    .default("cpu")
    .describe("execution provider of ONNX Runtime; others than cpu need their libraries"),
});
