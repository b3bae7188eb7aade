import { readEnv } from "#shared/config";
import { PermanentError } from "#shared/errors";
import type { AnyStage, Emission, SetupEnv } from "../types.ts";
import { type HandlerHooks, type HandlerHost, JobContext } from "./job-context.ts";
import type { Job } from "./types.ts";

/** A stage with what its `setup` built. */
interface LoadedStage {
  stage: AnyStage;
  settings: unknown;
  resources: unknown;
}

/** What was last loaded of each module: settings that were changed are not changed back soon. */
const loaded = new Map<string, { options: Job["options"]; text: string; entry: Promise<LoadedStage> }>();

function load(job: Job, env: Omit<SetupEnv<unknown>, "settings">): Promise<LoadedStage> {
  const { module, options } = job;
  const known = loaded.get(module);
  if (known?.options === options) return known.entry;
  const text = JSON.stringify(options);
  if (known?.text === text) return known.entry;
  const entry = open(job, env);
  loaded.set(module, { options, text, entry });
  entry.catch(() => {
    if (loaded.get(module)?.entry === entry) loaded.delete(module);
  });
  return entry;
}

async function open(
  { module, stage: name, options }: Job,
  { log, models, bus }: Omit<SetupEnv<unknown>, "settings">,
): Promise<LoadedStage> {
  const stage = ((await import(module)) as { default: AnyStage }).default;
  if (stage?.name !== name)
    throw new PermanentError("WRONG_MODULE", `${module} defines stage "${stage?.name}", expected "${name}"`);
  const allowed = Object.entries(options).filter(([field]) => !stage.pinned?.includes(field));
  const settings = readEnv(stage.settings, name, Object.fromEntries(allowed));
  return { stage, settings, resources: await stage.setup?.({ log, models, bus, settings }) };
}

/**
 * Loads the stage if need be and calls its handler with a real context.
 * @param signal makes the handler's signal when it looks at it: most inline handlers never do, and it costs more than they
 */
export async function runHandler(
  host: HandlerHost,
  job: Job,
  hooks: HandlerHooks,
  signal: () => AbortSignal,
): Promise<Emission[]> {
  const context = new JobContext(host, job, hooks, signal);
  const { stage, settings, resources } = await load(job, context);
  if (job.loadOnly) {
    await context.models.refresh();
    context.tellModels();
    return [];
  }
  context.settings = settings;
  context.resources = resources;
  try {
    const result = await stage.handle(job.message, context);
    return Array.isArray(result) ? result : [result];
  } finally {
    context.tellModels();
  }
}
