import { z } from "zod";

export const skeletonSettings = z.object({
  spurWidths: z.coerce
    .number()
    .min(0)
    .max(20)
    .default(3)
    .describe("spurs up to this many line widths are pruned"),
  bridge: z
    .stringbool()
    .or(z.boolean())
    .default(true)
    .describe("close the gaps of dashes and under texts and arrows"),
});
