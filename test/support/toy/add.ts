import { z } from "zod";
import { PermanentError } from "#shared/errors";
import { defineStage } from "#shared/stage";
import { toyPipeline } from "./pipeline.ts";

/** Adds one, or misbehaves as the message asks. */
export default defineStage(toyPipeline, "add", {
  settings: z.object({ step: z.number().default(1) }),
  async handle(message, context) {
    context.log.info("adding", { n: message.n });
    context.progress(0.5, "half way");
    switch (message.do) {
      case "throw":
        throw new Error("it will not add");
      case "permanent":
        throw new PermanentError("CANNOT_ADD", "it never will");
      case "crash":
        process.kill(process.pid, "SIGKILL");
        break;
      case "crash-once":
        if (context.task.attempt === 1) process.kill(process.pid, "SIGKILL");
        break;
      case "fail-once":
        if (context.task.attempt === 1) throw new Error("not this time");
        break;
      case "block": {
        // Holds the whole process, as native code does.
        const end = Date.now() + message.ms;
        while (Date.now() < end);
        break;
      }
      case "wait":
        await new Promise((resolve, reject) => {
          setTimeout(resolve, message.ms);
          context.signal.addEventListener("abort", () => reject(context.signal.reason));
        });
    }
    return {
      type: "toy.added",
      body: { ...message, uid: context.task.run, do: "work" as const, n: message.n + context.settings.step },
    };
  },
});
