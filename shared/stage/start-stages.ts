import type { Service } from "@nats-io/services";
import { type Bus, untilAnswered } from "#shared/bus";
import type { Failure } from "#shared/errors";
import type { ModelName } from "#shared/messages";
import { watchLive } from "#shared/models";
import { DIAGRAM_ARTIFACTS, type Pipeline, type Stage } from "#shared/pipeline";
import type { Logger } from "#shared/telemetry";
import { startBeats } from "./beat.ts";
import { checkStage } from "./check-stage.ts";
import { startControl } from "./control.ts";
import { inlineExecutor } from "./executor/inline.ts";
import { inlineUnlessModels } from "./executor/inline-unless-models.ts";
import { ExecutorPool } from "./executor/pool.ts";
import type { Executor } from "./executor/types.ts";
import { Gathering } from "./gathering.ts";
import { Handovers } from "./handovers.ts";
import { GATHER_MS, Lifecycle } from "./lifecycle.ts";
import { RateLimiter } from "./rate-limiter.ts";
import { type Revocations, watchRevocations } from "./revocations.ts";
import { watchSettings } from "./stage-settings.ts";
import { type AttemptStep, StageWorker, workerId } from "./worker.ts";

/** A stage to work on, with the module that defines it. */
export interface StageEntry {
  pipeline: Pipeline;
  stage: Stage;
  /** URL of the module whose default export is the definition. */
  module: URL;
}

export interface StartStagesOptions {
  bus: Bus;
  stages: readonly StageEntry[];
  log: Logger;
  version: string;
  /** Most executor processes of this process. @default 2 */
  executors?: number;
  /** An idle executor ends after this. @default 60000 */
  executorIdleMs?: number;
  /** Added to the executors' environment (where NATS is). */
  executorEnv?: Record<string, string>;
  /** Slots of each worker; each stage's own concurrency unless given. */
  slots?: number;
  /** Load every stage before the first task: what is wrong with its settings or model ends the start. @default false */
  check?: boolean;
  onFatal?: (failure: Failure) => void;
  /** Called at every step boundary of every attempt. */
  onStep?: (step: AttemptStep, task: string) => void;
  /** An operator asked this process to stop; without it that is refused. */
  onShutdown?: (graceMs?: number) => void;
}

/** The workers of one process. */
export interface RunningStages extends AsyncDisposable {
  readonly workers: readonly StageWorker[];
  readonly pool: ExecutorPool;
  /** Finishes or hands over what runs. @param graceMs how long running tasks may go on; default 20000 */
  stop(graceMs?: number): Promise<void>;
}

/** Runs workers for the given stages on one event loop, sharing executors: one stage in production, all of them on a laptop. */
export async function startStages(options: StartStagesOptions): Promise<RunningStages> {
  const { bus, log } = options;
  const workers: StageWorker[] = [];
  const services: Service[] = [];
  const pokeAll = () => {
    for (const worker of workers) worker.poke();
  };
  // Later stages first: a diagram nearly done goes before one just begun, so results come early and memory stays low.
  const order = new Map(options.stages.map((entry, index) => [entry.stage.name, index]));
  const pool = new ExecutorPool({
    size: options.executors ?? 2,
    ...(options.executorIdleMs === undefined ? {} : { idleMs: options.executorIdleMs }),
    env: { NATS_URL: bus.url, ...options.executorEnv },
    priority: (stage) => order.get(stage) ?? 0,
    onFree: pokeAll,
  });
  const inline: Executor = inlineExecutor(bus);
  /** A server that goes away while all this begins is waited for, as it is afterwards. */
  const patiently = <T>(action: () => Promise<T>) =>
    untilAnswered(bus, action, (why) => log.warn({ server: bus.url, why }, "NATS is away; starting goes on"));
  const settings = await patiently(() => watchSettings(bus));
  const live = await patiently(() => watchLive(bus));
  const executorOf = ({ inline: light, models }: Stage) => {
    const isLive = () => (models as readonly ModelName[]).some((name) => live.of(name) !== undefined);
    return light ? inlineUnlessModels(inline, pool, isLive) : pool;
  };
  const gathering = new Gathering(GATHER_MS);
  const limiter = new RateLimiter(bus);
  const handovers = new Handovers(bus);
  const revocations = new Map<string, Revocations>();
  for (const { pipeline } of options.stages)
    if (!revocations.has(pipeline.name))
      revocations.set(pipeline.name, await patiently(() => watchRevocations(bus, pipeline)));

  for (const { pipeline, stage, module } of options.stages) {
    const worker = new StageWorker({
      bus,
      pipeline,
      stage,
      module: module.href,
      executor: executorOf(stage),
      lifecycle: new Lifecycle(bus, workerId(stage.name), gathering),
      settings,
      live,
      revocations: revocations.get(pipeline.name)!,
      limiter,
      handovers,
      log,
      contentTypes: DIAGRAM_ARTIFACTS,
      ...(options.slots === undefined ? {} : { slots: options.slots }),
      ...(options.onStep === undefined ? {} : { onStep: options.onStep }),
      onFatal: (failure) => {
        log.error({ stage: stage.name, code: failure.code }, failure.message);
        options.onFatal?.(failure);
      },
    });
    workers.push(worker);
    services.push(
      await startControl(worker, {
        version: options.version,
        ...(options.onShutdown === undefined ? {} : { onShutdown: options.onShutdown }),
      }),
    );
  }
  if (options.check) for (const worker of workers) await checkStage(worker);
  const beats = workers.map((worker) => {
    worker.start();
    return startBeats(worker, options.version);
  });
  let stopping: Promise<void> | undefined;
  watchConnection(bus, log, workers, () => stopping !== undefined);

  const stop = (graceMs = 20_000) => {
    stopping ??= (async () => {
      await Promise.all(workers.map((worker) => worker.stop(graceMs)));
      for (const beat of beats) {
        beat.beat();
        beat.stop();
      }
      await pool.close();
      await Promise.all(workers.map((worker) => worker.lifecycle.close()));
      settings.close();
      live.close();
      for (const watch of revocations.values()) await watch.close().catch(() => {});
      for (const service of services) await service.stop().catch(() => {});
    })();
    return stopping;
  };
  return { workers, pool, stop, [Symbol.asyncDispose]: () => stop(0) };
}

/** Pulls again as soon as the server is back, and says so. */
async function watchConnection(
  bus: Bus,
  log: Logger,
  workers: StageWorker[],
  stopping: () => boolean,
): Promise<void> {
  for await (const status of bus.nc.status()) {
    if (stopping()) return;
    if (status.type === "disconnect")
      log.warn({ server: bus.url }, "NATS is away; work resumes when it is back");
    if (status.type === "reconnect") {
      log.info({ server: bus.url }, "NATS is back");
      for (const worker of workers) worker.reconnected();
    }
  }
}
