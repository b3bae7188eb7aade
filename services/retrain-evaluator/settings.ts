import { z } from "zod";

/** Settings of the evaluation. */
export const evaluateSettings = z.object({
  standardErrors: z.coerce
    .number()
    .min(0)
    .max(10)
    .default(2)
    .describe("a candidate is better when it leads by more than this many standard errors of the difference"),
});

/** Settings of the clean-up. */
export const cleanUpSettings = z.object({
  candidates: z.coerce
    .number()
    .int()
    .min(0)
    .max(1000)
    .default(5)
    .describe("newest versions of a model that were never live, which stay"),
  retired: z.coerce
    .number()
    .int()
    .min(0)
    .max(1000)
    .default(10)
    .describe("newest versions of a model that were live once, which stay"),
  runs: z.coerce
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(10)
    .describe("newest other runs whose candidates, logs and checkpoints stay"),
});
