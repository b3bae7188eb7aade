import { z } from "zod";
import { defineStage } from "#shared/stage";
import { toyPipeline } from "./pipeline.ts";

export default defineStage(toyPipeline, "finish", {
  settings: z.object({}),
  handle: async (message) => ({ type: "toy.finished", body: { ...message, n: message.n + 1 } }),
});
