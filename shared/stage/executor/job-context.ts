import { attemptPrefix, objectArtifacts } from "#shared/artifacts";
import type { Bus } from "#shared/bus";
import { type LogLine, logLine } from "#shared/messages";
import { type AttemptModels, attemptModels, type ModelShelf } from "#shared/models";
import type { StageArtifacts, StageContext, StageLog } from "../types.ts";
import type { Job, JobHooks } from "./types.ts";

/** What a process that runs handlers has: a connection, and the models it has open. */
export interface HandlerHost {
  bus: Bus;
  shelf: ModelShelf;
}

/** What a handler tells while it runs. */
export type HandlerHooks = Omit<JobHooks, "onStart">;

/** The context of one job. What a handler never looks at is never made: a no-op would cost less than its context. */
export class JobContext implements StageContext {
  settings: unknown;
  resources: unknown;
  readonly task: Job["task"];
  readonly #host: HandlerHost;
  readonly #job: Job;
  readonly #hooks: HandlerHooks;
  readonly #signal: () => AbortSignal;
  #log: StageLog | undefined;
  #artifacts: StageArtifacts | undefined;
  #models: AttemptModels | undefined;

  constructor(host: HandlerHost, job: Job, hooks: HandlerHooks, signal: () => AbortSignal) {
    this.task = job.task;
    this.#host = host;
    this.#job = job;
    this.#hooks = hooks;
    this.#signal = signal;
  }

  get bus(): Bus {
    return this.#host.bus;
  }

  get signal(): AbortSignal {
    return this.#signal();
  }

  get log(): StageLog {
    const write = (level: LogLine["level"]) => (message: string, fields?: Record<string, unknown>) =>
      this.#hooks.onLog(logLine(level, message, fields));
    this.#log ??= { debug: write("debug"), info: write("info"), warn: write("warn") };
    return this.#log;
  }

  get models(): AttemptModels {
    this.#models ??= attemptModels(this.#host.shelf, this.#job.models, this.log);
    return this.#models;
  }

  get artifacts(): StageArtifacts {
    const { stage, task, generation, contentTypes } = this.#job;
    // Stage and part: where an attempt's artifacts lie within those of its run.
    const place = task.part === undefined ? stage : `${stage}-${task.part}`;
    this.#artifacts ??= objectArtifacts(
      this.#host.bus,
      () => attemptPrefix(task.run, place, generation, task.attempt),
      contentTypes,
    );
    return this.#artifacts;
  }

  /** Taken out of the context by handlers, so it is bound to it. */
  readonly progress = (fraction: number, note?: string): void =>
    this.#hooks.onProgress(Math.min(1, Math.max(0, fraction)), note);

  /** Tells which versions of models were opened, if any. */
  tellModels(): void {
    const used = this.#models?.used() ?? {};
    if (Object.keys(used).length > 0)
      this.#hooks.onModels?.({ used, troubles: this.#models?.troubles() ?? {} });
  }
}
