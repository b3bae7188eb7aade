import { z } from "zod";
import { defineStage } from "#shared/stage";
import { fanPipeline } from "./pipeline.ts";

/** Hands out the numbers it is asked for. */
export default defineStage(fanPipeline, "fan-plan", {
  settings: z.object({}),
  async handle({ pieces, policy, deadlineMs }, { task }) {
    return [
      ...Object.entries(pieces).map(([part, body]) => ({
        type: "fan.piece" as const,
        part,
        body: { ...body, uid: task.run },
      })),
      {
        type: "fan.planned",
        body: { uid: task.run },
        ...(policy ? { policy } : {}),
        ...(deadlineMs === undefined ? {} : { deadlineMs }),
      },
    ];
  },
});
