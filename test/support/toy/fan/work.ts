import { z } from "zod";
import { PermanentError } from "#shared/errors";
import { defineStage } from "#shared/stage";
import { fanPipeline } from "./pipeline.ts";

/** Works on one number, or misbehaves as it asks. */
export default defineStage(fanPipeline, "fan-work", {
  settings: z.object({}),
  async handle(piece, { task, signal }) {
    if (piece.do === "throw") throw new Error("it will not work");
    if (piece.do === "permanent") throw new PermanentError("CANNOT_WORK", "it never will");
    if (piece.do === "fail-once" && task.attempt === 1) throw new Error("not this time");
    if (piece.do === "wait")
      await new Promise((resolve, reject) => {
        setTimeout(resolve, piece.ms);
        signal.addEventListener("abort", () => reject(signal.reason));
      });
    return { type: "fan.done", body: { ...piece, uid: task.run } };
  },
});
