import { attemptPrefix, objectArtifacts } from "#shared/artifacts";
import type { Bus } from "#shared/bus";
import { readEnv } from "#shared/config";
import { PermanentError } from "#shared/errors";
import { type LogLine, logLine } from "#shared/messages";
import { attemptModels, type ModelShelf } from "#shared/models";
import type { AnyStage, Emission, SetupEnv, StageContext, StageLog } from "../types.ts";
import type { Job, OpenedModels } from "./types.ts";

/** Loaded stages with what their `setup` built, by module and settings. */
const loaded = new Map<string, Promise<{ stage: AnyStage; settings: unknown; resources: unknown }>>();

async function load({ module, stage: name, options }: Job, env: Omit<SetupEnv<unknown>, "settings">) {
  const key = `${module} ${JSON.stringify(options)}`;
  let entry = loaded.get(key);
  if (!entry) {
    // Settings that were changed are not changed back soon: what was built for the old ones may go.
    for (const other of loaded.keys()) if (other.startsWith(`${module} `)) loaded.delete(other);
    entry = (async () => {
      const stage = ((await import(module)) as { default: AnyStage }).default;
      if (stage?.name !== name)
        throw new PermanentError(
          "WRONG_MODULE",
          `${module} defines stage "${stage?.name}", expected "${name}"`,
        );
      const allowed = Object.entries(options).filter(([field]) => !stage.pinned?.includes(field));
      const settings = readEnv(stage.settings, name, Object.fromEntries(allowed));
      return { stage, settings, resources: await stage.setup?.({ ...env, settings }) };
    })();
    loaded.set(key, entry);
    entry.catch(() => loaded.delete(key));
  }
  return entry;
}

export interface HandlerHooks {
  onProgress(fraction: number, note?: string): void;
  onLog(line: LogLine): void;
  onModels?(models: OpenedModels): void;
  /** Asked for only when a handler looks: most inline handlers never do, and a signal costs more than they. */
  signal(): AbortSignal;
}

/** Stage and part: where an attempt's artifacts lie within those of its run. */
const placeOf = ({ stage, task }: Job) => (task.part === undefined ? stage : `${stage}-${task.part}`);

/** What a process that runs handlers has: a connection, and the models it has open. */
export interface HandlerHost {
  bus: Bus;
  shelf: ModelShelf;
}

/** Loads the stage if need be and calls its handler with a real context. */
export async function runHandler(
  { bus, shelf }: HandlerHost,
  job: Job,
  hooks: HandlerHooks,
): Promise<Emission[]> {
  const write = (level: LogLine["level"]) => (message: string, fields?: Record<string, unknown>) =>
    hooks.onLog(logLine(level, message, fields));
  const log: StageLog = { debug: write("debug"), info: write("info"), warn: write("warn") };
  const models = attemptModels(shelf, job.models, log);
  const tellModels = () => {
    const used = models.used();
    if (Object.keys(used).length > 0) hooks.onModels?.({ used, troubles: models.troubles() });
  };
  const { stage, settings, resources } = await load(job, { log, models, bus });
  if (job.loadOnly) {
    await models.refresh();
    tellModels();
    return [];
  }
  const context: StageContext = {
    settings,
    resources,
    log,
    get signal() {
      return hooks.signal();
    },
    models,
    task: job.task,
    artifacts: objectArtifacts(
      bus,
      () => attemptPrefix(job.task.run, placeOf(job), job.generation, job.task.attempt),
      job.contentTypes,
    ),
    progress: (fraction, note) => hooks.onProgress(Math.min(1, Math.max(0, fraction)), note),
  };
  const result = await stage.handle(job.message, context).finally(tellModels);
  return Array.isArray(result) ? result : [result];
}
