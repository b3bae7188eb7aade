// Removes old experiments, never a live or a previous model. Takes retrain.promoted, gives retrain.completed.
import { openObjects } from "#shared/bus";
import { listModels, retainModels, showModel } from "#shared/models";
import { retrainPipeline } from "#shared/pipeline";
import { defineStage } from "#shared/stage";
import { objectsOfOldRuns } from "./old-runs.ts";
import { cleanUpSettings } from "./settings.ts";

export default defineStage(retrainPipeline, "clean-up", {
  settings: cleanUpSettings,
  setup: ({ bus }) => bus,
  async handle(message, { resources: bus, settings, log, signal }) {
    const cleaned = { versions: 0, objects: 0, bytes: 0 };
    for (const model of message.models) {
      const sizes = new Map((await showModel(bus, model)).versions.map((each) => [each.version, each.size]));
      const gone = await retainModels(bus, model, { ...settings, by: "retraining" });
      cleaned.versions += gone.length;
      for (const version of gone) cleaned.bytes += sizes.get(version) ?? 0;
    }
    const store = await openObjects(bus, "artifacts");
    const objects = (await store.list()).filter(({ deleted }) => !deleted);
    // Nobody goes on from a checkpoint of a run that is over.
    const checkpoints = objects.filter(({ name }) => name.startsWith(`${message.uid}/checkpoints/`));
    const old = objectsOfOldRuns(objects, {
      own: message.uid,
      keep: runsInUse(await listModels(bus)),
      newest: settings.runs,
    });
    for (const { name, size } of [...checkpoints, ...old]) {
      signal.throwIfAborted();
      await store.delete(name);
      cleaned.objects++;
      cleaned.bytes += size;
    }
    log.info(
      `${cleaned.versions} versions, ${checkpoints.length} checkpoints and ${old.length} files of old runs removed`,
    );
    return { type: "retrain.completed" as const, body: { ...message, cleaned } };
  },
});

/** Runs that the live and the previous version of any model come from. */
function runsInUse(models: Awaited<ReturnType<typeof listModels>>): Set<string> {
  const runs = models.flatMap(({ versions }) =>
    versions.flatMap(({ state, lineage }) =>
      (state === "live" || state === "previous") && lineage.run ? [lineage.run] : [],
    ),
  );
  return new Set(runs);
}
