import { z } from "zod";
import { defineStage } from "#shared/stage";
import { busyPipeline } from "./busy-pipeline.ts";

/** How long one task computes, in ms. */
const SPIN_MS = 400;

/** Computes without a pause, as pixel code and inference do: nothing else runs in its process meanwhile. */
export default defineStage(busyPipeline, "spin", {
  settings: z.object({}),
  handle: async (message) => {
    const end = performance.now() + SPIN_MS;
    let x = 1;
    while (performance.now() < end) for (let i = 0; i < 10_000; i++) x = Math.imul(x, 1664525) + 1013904223;
    // The result is used, so that the loop is not optimised away.
    const { uid } = message as { uid: string };
    return { type: "busy.done", body: { uid, note: `${x}` } } as never;
  },
});
