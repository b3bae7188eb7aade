import { availableParallelism } from "node:os";
import { z } from "zod";
import { busOptions, checkTopology, connectBus, untilAnswered } from "#shared/bus";
import { CommonConfig, readEnv } from "#shared/config";
import { FatalError, PenstockError } from "#shared/errors";
import { PIPELINES, type Pipeline } from "#shared/pipeline";
import { createLogger, startTracing } from "#shared/telemetry";
import { type StageEntry, startStages } from "./start-stages.ts";
import { packageVersion } from "./version.ts";

/** `EX_CONFIG` of sysexits.h: starting again changes nothing until somebody acts. */
const FATAL_EXIT = 78;

/** Settings of a process that works on stages. */
export const WorkerConfig = z.object({
  workerSlots: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .describe("Tasks at once per stage; the stage's own default unless set"),
  workerExecutors: z
    .number()
    .int()
    .min(1)
    .max(256)
    .optional()
    .describe("Executor processes; as many as slots but no more than cores unless set"),
  workerExecutorIdleMs: z
    .number()
    .int()
    .min(0)
    .default(60_000)
    .describe("An executor without work ends after this"),
});

/** The stages of a service folder, with their modules: `stage.ts` unless the declaration says otherwise. */
export function stagesOf(
  service: string,
  folder: URL,
  pipelines: readonly Pipeline[] = PIPELINES,
): StageEntry[] {
  const extension = folder.pathname.endsWith(".ts") ? "ts" : "js";
  return pipelines.flatMap((pipeline) =>
    Object.values(pipeline.stages)
      .filter((stage) => stage.service === service)
      .map((stage) => ({ pipeline, stage, module: new URL(`./${stage.module}.${extension}`, folder) })),
  );
}

/**
 * Runs a service until it is told to stop: connects, checks the topology, works. Never returns normally; the process
 * ends with 0 after a stop signal, with a fatal error's exit code otherwise.
 * @param service folder name under services/
 * @param url `import.meta.url` of the service's index
 */
export async function runService(
  service: string,
  url: string,
  pipelines: readonly Pipeline[] = PIPELINES,
): Promise<void> {
  try {
    // Read as one, so that everything wrong is told together.
    const config = readEnv(CommonConfig.extend(WorkerConfig.shape));
    const log = createLogger(service);
    const stages = stagesOf(service, new URL(url), pipelines);
    if (stages.length === 0)
      throw new FatalError("NO_STAGES", `no pipeline declares a stage in services/${service}`);
    const stopTracing = await startTracing(service, packageVersion());
    const bus = await connectBus({ ...busOptions(config, service), connectTimeoutMs: config.natsWaitMs });
    for (const { pipeline, stage } of stages)
      await untilAnswered(bus, () => checkTopology(bus, pipeline, [stage]));
    const most = Math.max(...stages.map(({ stage }) => config.workerSlots ?? stage.concurrency));
    let stop: (code: number, graceMs?: number) => void = () => {};
    const running = await startStages({
      bus,
      stages,
      log,
      version: packageVersion(),
      executors: config.workerExecutors ?? Math.min(most, availableParallelism()),
      executorIdleMs: config.workerExecutorIdleMs,
      ...(config.workerSlots === undefined ? {} : { slots: config.workerSlots }),
      check: true,
      onShutdown: (graceMs) => stop(0, graceMs),
      onFatal: () => stop(FATAL_EXIT),
    });
    log.info({ stages: stages.map(({ stage }) => stage.name), server: config.natsUrl }, "working");
    let stopping = false;
    stop = async (code, graceMs = config.stopGraceMs) => {
      if (stopping) return;
      stopping = true;
      log.info({ graceMs }, "stopping: finishing or handing over what runs");
      await running.stop(graceMs);
      await stopTracing();
      await bus.close();
      process.exit(code);
    };
    process.on("SIGTERM", () => stop(0));
    process.on("SIGINT", () => stop(0));
  } catch (error) {
    if (!(error instanceof PenstockError)) throw error;
    process.stderr.write(`${service}: ${error.message} [${error.code}]\n`);
    // What an executor found fatal comes as data: only its kind is left.
    process.exit(error.kind === "fatal" ? FATAL_EXIT : 1);
  }
}
