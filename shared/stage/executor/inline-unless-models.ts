import type { Executor } from "./types.ts";

/**
 * The executor of a stage that waits and decides until there is a model for it: on the event loop while none of the models it
 * declares is live, in the executor processes from the next task on once one is. Whatever computes (decoding a sheet, ONNX
 * Runtime) stays out of the process whose heartbeats others rely on, and a system without such models pays for none of it.
 * @param isLive whether a model the stage declares is live now
 */
export function inlineUnlessModels(inline: Executor, pool: Executor, isLive: () => boolean): Executor {
  const now = () => (isLive() ? pool : inline);
  return {
    // What the job was made with decides: it is what the handler will open.
    start: (job, hooks) => (Object.keys(job.models).length > 0 ? pool : inline).start(job, hooks),
    refresh: (job, hooks) => pool.refresh(job, hooks),
    free: () => now().free(),
    renew: () => now().renew(),
    ensure: (size) => now().ensure(size),
    close: async () => {},
  };
}
