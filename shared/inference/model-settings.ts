import { z } from "zod";

/** Settings of every stage that runs a model. @param name of the model in the registry (`#shared/models`) */
export const modelSettings = (name: string) => ({
  modelPath: z
    .string()
    .default("")
    .describe(
      `ONNX file to use whatever is promoted, relative to the working folder, else to Penstock's own; empty: the live version of model ${name}, else the shipped one`,
    ),
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
