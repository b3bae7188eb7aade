import { z } from "zod";
import { defineStage } from "#shared/stage";
import { chainPipeline } from "./pipeline.ts";

/** One module for all hops: loaded as `no-op?hop=3`, it is the handler of `hop3`. */
const hop = Number(new URL(import.meta.url).searchParams.get("hop"));

export default defineStage(chainPipeline, `hop${hop}`, {
  settings: z.object({}),
  handle: async (message) => ({ type: `chain.s${hop + 1}`, body: message }) as never,
});
