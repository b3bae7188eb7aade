import { availableParallelism } from "node:os";
import { Command } from "commander";
import { busOptions, checkTopology, connectBus } from "#shared/bus";
import { FatalError } from "#shared/errors";
import { stagesNamed } from "#shared/operate";
import { PIPELINES } from "#shared/pipeline";
import { packageVersion, startStages } from "#shared/stage";
import { createLogger, startTracing } from "#shared/telemetry";
import { readCliConfig } from "../config.ts";
import { whole, words } from "../parse-options.ts";
import { untilStopped } from "../until-stopped.ts";
import { stageEntries } from "../up/stage-entries.ts";

interface WorkerFlags {
  queues?: string[];
  stages?: string[];
  concurrency?: number;
  executors?: number;
}

/** `penstock worker`: workers for some queues or stages in one process, until stopped. */
export function workerCommand(): Command {
  return new Command("worker")
    .description("run workers for some queues or stages until stopped; start more of them to go faster")
    .option("-Q, --queues <list>", "queues: gpu, default, light", words)
    .option("--stages <list>", "stages: detect, segment, …", words)
    .option(
      "-c, --concurrency <n>",
      "tasks at once per stage; each stage's own default unless given",
      whole(1, 10_000),
    )
    .option("--executors <n>", "processes that compute", whole(1, 256))
    .action(async (flags: WorkerFlags) => {
      const names = [...(flags.queues ?? []), ...(flags.stages ?? [])];
      const chosen = new Set(names.flatMap((name) => stagesNamed(name)).map((stage) => stage.name));
      const stages = stageEntries(PIPELINES).filter(
        ({ stage }) => chosen.size === 0 || chosen.has(stage.name),
      );
      if (stages.length === 0) throw new FatalError("NO_STAGES", `no stage works on ${names.join(", ")}`);
      const config = readCliConfig();
      const log = createLogger("worker");
      const stopped = untilStopped();
      const stopTracing = await startTracing("worker", packageVersion());
      await using bus = await connectBus({
        ...busOptions(config, "worker"),
        connectTimeoutMs: config.natsWaitMs,
      });
      for (const { pipeline, stage } of stages) await checkTopology(bus, pipeline, [stage]);
      const running = await startStages({
        bus,
        stages,
        log,
        version: packageVersion(),
        executors: flags.executors ?? availableParallelism(),
        ...(flags.concurrency === undefined ? {} : { slots: flags.concurrency }),
        onShutdown: () => stopped.stop(),
        onFatal: () => stopped.stop(78),
      });
      log.info({ stages: stages.map(({ stage }) => stage.name), server: config.natsUrl }, "working");
      process.exitCode = await stopped.code;
      await running.stop(config.stopGraceMs);
      await stopTracing();
    });
}
