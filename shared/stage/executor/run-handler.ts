import { attemptPrefix, objectArtifacts } from "#shared/artifacts";
import type { Bus } from "#shared/bus";
import { readEnv } from "#shared/config";
import { PermanentError } from "#shared/errors";
import type { AnyStage, Emission, StageContext, StageLog } from "../types.ts";
import type { Job } from "./types.ts";

/** Loaded stages with what their `setup` built, by module and settings. */
const loaded = new Map<string, Promise<{ stage: AnyStage; settings: unknown; resources: unknown }>>();

async function load(module: string, name: string, options: Record<string, unknown>, log: StageLog) {
  const key = `${module} ${JSON.stringify(options)}`;
  let entry = loaded.get(key);
  if (!entry) {
    entry = (async () => {
      const stage = ((await import(module)) as { default: AnyStage }).default;
      if (stage?.name !== name)
        throw new PermanentError(
          "WRONG_MODULE",
          `${module} defines stage "${stage?.name}", expected "${name}"`,
        );
      const settings = readEnv(stage.settings, name, options);
      return { stage, settings, resources: await stage.setup?.({ settings, log }) };
    })();
    loaded.set(key, entry);
    entry.catch(() => loaded.delete(key));
  }
  return entry;
}

export interface HandlerHooks {
  onProgress(fraction: number, note?: string): void;
  onLog(line: string): void;
  /** Asked for only when a handler looks: most inline handlers never do, and a signal costs more than they. */
  signal(): AbortSignal;
}

/** Loads the stage if need be and calls its handler with a real context. */
export async function runHandler(bus: Bus, job: Job, hooks: HandlerHooks): Promise<Emission[]> {
  const write = (level: string) => (message: string, fields?: Record<string, unknown>) =>
    hooks.onLog(
      `${new Date().toISOString()} ${level} ${message}${fields ? ` ${JSON.stringify(fields)}` : ""}`.slice(
        0,
        500,
      ),
    );
  const log: StageLog = { debug: write("debug"), info: write("info"), warn: write("warn") };
  const { stage, settings, resources } = await load(job.module, job.stage, job.options, log);
  if (job.loadOnly) return [];
  const context: StageContext = {
    settings,
    resources,
    log,
    get signal() {
      return hooks.signal();
    },
    task: job.task,
    artifacts: objectArtifacts(
      bus,
      () => attemptPrefix(job.task.run, job.stage, job.generation, job.task.attempt),
      job.contentTypes,
    ),
    progress: (fraction, note) => hooks.onProgress(Math.min(1, Math.max(0, fraction)), note),
  };
  const result = await stage.handle(job.message, context);
  return Array.isArray(result) ? result : [result];
}
