import { toFailure } from "#shared/errors";
import type { StageWorker } from "./worker.ts";

/**
 * Loads a worker's stage as its first task would, so that a wrong setting or an unusable model is told at the start.
 * What may work later is left for that first task.
 * @throws PenstockError of kind fatal
 */
export async function checkStage(worker: StageWorker): Promise<void> {
  const { name } = worker.stage;
  const job = {
    module: worker.module,
    stage: name,
    message: {},
    task: { id: `${name}.start`, run: "start", stage: name, attempt: 0, type: "" },
    generation: 0,
    options: worker.settings.of(name).options ?? {},
    contentTypes: worker.contentTypes,
    loadOnly: true,
  };
  const hooks = { onStart() {}, onProgress() {}, onLog() {} };
  try {
    await worker.executor.start(job, hooks).done;
  } catch (error) {
    const failure = toFailure(error);
    if (failure.kind === "fatal") throw error;
    worker.log.warn({ stage: name, code: failure.code }, `not ready yet: ${failure.message}`);
  }
}
