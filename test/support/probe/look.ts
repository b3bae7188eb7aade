import { z } from "zod";
import { modelSettings } from "#shared/inference";
import { defineStage } from "#shared/stage";
import { probePipeline } from "./pipeline.ts";

/** Asks the model, waits, asks it again, and says which version answered. */
export default defineStage(probePipeline, "look", {
  settings: z.object(modelSettings("classification")),
  setup: async ({ settings, models }) => {
    await models.open("classification", { ...settings, threads: 1 });
  },
  async handle(message, { settings, models }) {
    const ask = async () => {
      const model = await models.open("classification", { ...settings, threads: 1 });
      const { data } = await model.run({ data: new Float32Array(48 * 48), dims: [1, 1, 48, 48] });
      return { version: models.used().classification!, said: [...data] };
    };
    const first = await ask();
    await new Promise((resolve) => setTimeout(resolve, message.ms));
    const second = await ask();
    return {
      type: "probe.answered",
      body: { ...message, before: first.version, after: second.version, said: second.said },
    };
  },
});
