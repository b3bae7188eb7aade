import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { PermanentError } from "#shared/errors";
import { defineStage } from "#shared/stage";
import { chaosPipeline } from "./pipeline.ts";

/** Loaded as `stand-in?stage=detect`: waits a little, stores one artifact, and fails where the diagram asks it to. */
const name = new URL(import.meta.url).searchParams.get("stage") ?? "";
const stage = chaosPipeline.stages[name]!;

export default defineStage(chaosPipeline, name, {
  settings: z.object({}),
  async handle(message, context) {
    const body = message as { meta?: { fail?: string; at?: string; waitAt?: string }; artifacts?: object };
    await wait(5 + Math.random() * 20);
    if (body.meta?.at === name && body.meta.fail === "permanent")
      throw new PermanentError("ASKED_TO", "as asked");
    if (body.meta?.at === name && body.meta.fail === "always") throw new Error("as asked, every time");
    const artifact = await context.artifacts.put(`${name}.txt`, `${name} of ${context.task.run}`);
    const waiting = stage.gives.find((type) => type.includes("awaiting"));
    const type = body.meta?.waitAt === name && waiting ? waiting : stage.gives[0]!;
    return {
      type,
      body: { ...body, uid: context.task.run, artifacts: { ...body.artifacts, [`${name}.txt`]: artifact } },
    } as never;
  },
});
