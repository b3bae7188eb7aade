import { z } from "zod";
import { defineStage } from "#shared/stage";
import { fanPipeline, Piece } from "./pipeline.ts";

/** Adds up what came back. */
export default defineStage(fanPipeline, "fan-sum", {
  settings: z.object({}),
  async handle({ join, uid }) {
    const done = join.results.flatMap(({ result }) => (result ? [Piece.parse(result).n] : []));
    const sum = done.reduce((a, b) => a + b, 0);
    return { type: "fan.summed", body: { uid, sum, outcome: join.outcome } };
  },
});
