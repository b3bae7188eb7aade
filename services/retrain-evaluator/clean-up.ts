// Removes old experiments, never a live or a previous model. Takes retrain.promoted, gives retrain.completed.
import { openObjects } from "#shared/bus";
import { retainModels, showModel } from "#shared/models";
import { retrainPipeline } from "#shared/pipeline";
import { defineStage } from "#shared/stage";
import { cleanUpSettings } from "./settings.ts";

export default defineStage(retrainPipeline, "clean-up", {
  settings: cleanUpSettings,
  setup: ({ bus }) => bus,
  async handle(message, { resources: bus, settings, log }) {
    const cleaned = { versions: 0, objects: 0, bytes: 0 };
    for (const model of message.models) {
      const sizes = new Map((await showModel(bus, model)).versions.map((each) => [each.version, each.size]));
      const gone = await retainModels(bus, model, { ...settings, by: "retraining" });
      cleaned.versions += gone.length;
      for (const version of gone) cleaned.bytes += sizes.get(version) ?? 0;
    }
    // Nobody goes on from a checkpoint of a run that is over.
    const store = await openObjects(bus, "artifacts");
    for (const { name, size, deleted } of await store.list()) {
      if (deleted || !name.startsWith(`${message.uid}/checkpoints/`)) continue;
      await store.delete(name);
      cleaned.objects++;
      cleaned.bytes += size;
    }
    log.info(`${cleaned.versions} versions and ${cleaned.objects} checkpoints removed`);
    return { type: "retrain.completed" as const, body: { ...message, cleaned } };
  },
});
