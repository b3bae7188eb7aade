import { z } from "zod";

/** Settings of stage `plan-training`. */
export const PlanSettings = z.object({
  deadlineHours: z
    .number()
    .min(0.001)
    .max(168)
    .default(8)
    .describe("Hours after which a run goes on with the candidates it has, or fails without one"),
});
