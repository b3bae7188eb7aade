import { z } from "zod";
import { defineStage } from "#shared/stage";
import { groupPipeline } from "./pipeline.ts";

/** The callback of a group. */
export default defineStage(groupPipeline, "group-call", {
  settings: z.object({}),
  handle: async ({ uid }) => ({ type: "group.called", body: { uid } }),
});
