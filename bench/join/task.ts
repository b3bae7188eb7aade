import { z } from "zod";
import { defineStage } from "#shared/stage";
import { groupPipeline } from "./pipeline.ts";

/** Does nothing, or waits as it is told. */
export default defineStage(groupPipeline, "group-task", {
  settings: z.object({}),
  async handle(message) {
    if (message.ms > 0) await new Promise((resolve) => setTimeout(resolve, message.ms));
    return { type: "group.done", body: message };
  },
});
