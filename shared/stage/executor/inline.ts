import type { Bus } from "#shared/bus";
import { fromFailure } from "#shared/errors";
import { ModelShelf } from "#shared/models";
import type { Emission } from "../types.ts";
import { runHandler } from "./run-handler.ts";
import type { Execution, Executor, Job, JobHooks } from "./types.ts";

/**
 * Runs handlers on the worker's own event loop: for stages that wait or decide but do not compute. A kill rejects at
 * once; the handler's signal is aborted, and what it still does is ignored.
 */
export function inlineExecutor(bus: Bus): Executor {
  const host = { bus, shelf: new ModelShelf({ bus }) };
  return {
    start(job: Job, hooks: JobHooks): Execution {
      let controller: AbortController | undefined;
      let ended: Error | undefined;
      const end = (reason: Error) => {
        ended ??= reason;
        controller?.abort(ended);
      };
      const signal = () => {
        if (!controller) {
          controller = new AbortController();
          if (ended) controller.abort(ended);
        }
        return controller.signal;
      };
      let stop: (reason: Error) => void = () => {};
      hooks.onStart();
      const done = new Promise<Emission[]>((resolve, reject) => {
        stop = reject;
        runHandler(host, job, hooks, signal).then(resolve, reject);
      });
      return {
        done,
        abort: (reason) => end(fromFailure(reason)),
        kill(reason) {
          end(reason);
          stop(reason);
        },
      };
    },
    // The next task opens what is live; the event loop does not load it for nobody.
    refresh() {},
    free: () => Number.POSITIVE_INFINITY,
    ensure() {},
    renew: () => 0,
    close: async () => {},
  };
}
