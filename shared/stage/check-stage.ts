import { toFailure } from "#shared/errors";
import type { JobHooks } from "./executor/types.ts";
import type { StageWorker } from "./worker.ts";

/**
 * Loads a worker's stage as its first task would, so that a wrong setting or an unusable model is told at the start.
 * What may work later is left for that first task.
 * @throws PenstockError of kind fatal
 */
export async function checkStage(worker: StageWorker): Promise<void> {
  const { name, join } = worker.stage;
  if (join) return;
  const hooks: JobHooks = {
    onStart() {},
    onProgress() {},
    onLog() {},
    onModels: (models) => worker.noteModels(models),
  };
  try {
    await worker.executor.start(worker.loadJob("start"), hooks).done;
  } catch (error) {
    const failure = toFailure(error);
    if (failure.kind === "fatal") throw error;
    worker.log.warn({ stage: name, code: failure.code }, `not ready yet: ${failure.message}`);
  }
}
