import { randomUUID } from "node:crypto";
import { ApiCode, apiCode, type Bus, openKv } from "#shared/bus";
import { FatalError, toFailure } from "#shared/errors";
import { type History, openHistory, type Retention } from "#shared/history";
import { PIPELINES, type Pipeline } from "#shared/pipeline";
import { createLogger, type Logger } from "#shared/telemetry";
import { account } from "./account.ts";
import { forgetEverywhere } from "./forget.ts";
import { keepSchedules } from "./keep-schedules.ts";
import { Projection } from "./projection.ts";
import { reconcileAdvisories } from "./reconcile-advisories.ts";
import { serve } from "./serve.ts";

export interface StartTrackerOptions {
  bus: Bus;
  /** File of the database; its folder is made. One tracker per file. */
  dbPath: string;
  /** @default all declared */
  pipelines?: readonly Pipeline[];
  /** @default 30 days, 200,000 tasks */
  retention?: Retention;
  /** How often streams are compared with the tables, ms. @default 5000 */
  tickMs?: number;
  log?: Logger;
}

export interface Tracker extends AsyncDisposable {
  readonly id: string;
  readonly history: History;
  /** Stops reading and answering, writes out what is gathered, closes the file. The bus stays open. */
  close(): Promise<void>;
}

/**
 * Starts the tracker: projects the streams into its own database and KV bucket `runs`, settles advisories, answers
 * `penstock.history.*`. Several may run: each has its own file, and they share questions and advisories.
 * @throws FatalError `TOPOLOGY_MISMATCH` when a stream or bucket does not exist
 */
export async function startTracker(options: StartTrackerOptions): Promise<Tracker> {
  const { bus } = options;
  const pipelines = options.pipelines ?? PIPELINES;
  const log = options.log ?? createLogger("tracker");
  const problem = (what: string) =>
    quietly((error) => log.warn({ err: error }, `${what}: ${toFailure(error).message}`));
  const id = `tracker-${randomUUID().slice(0, 8)}`;
  const startedAt = Date.now();
  const kv = await openKv(bus, "runs").catch(withoutTopology);
  const history = await openHistory(options.dbPath, pipelines);
  const projection = new Projection({
    bus,
    kv,
    history,
    pipelines,
    retention: options.retention ?? { days: 30, rows: 200_000 },
    tickMs: options.tickMs ?? 5_000,
    onProblem: problem("could not follow the streams"),
    onRebuild: (reason) => log.info({ reason }, "building the history anew from the streams"),
  });
  await projection.start().catch(async (error) => {
    await projection.close();
    history.close();
    return withoutTopology(error);
  });
  const advisories = reconcileAdvisories(bus, pipelines, {
    buried: (task) => log.warn({ task }, "JetStream gave up on the task: kept as a dead letter"),
    problem: problem("could not settle an advisory"),
  });
  const schedules = keepSchedules(bus, {
    fired: (schedule) => log.warn({ schedule }, "the server missed it while it was down: started now"),
    problem: (error) => !bus.nc.isClosed() && problem("could not look after the schedules")(error),
  });
  const forget = forgetEverywhere(bus, kv, history, projection, id);
  const service = await serve(bus, id, {
    "runs.list": (query) => history.listRuns(query),
    "runs.get": (query) => history.getRun(query),
    "runs.timeline": (query) => history.timeline(query),
    "runs.forget": (query) => forget.forget(query),
    "tasks.list": (query) => history.listTasks(query),
    "tasks.get": (query) => history.getTask(query),
    "workers.list": (query) => history.listWorkers(query),
    "dead.list": (query) => history.listDead(query),
    "audit.list": (query) => history.listAudit(query),
    overview: (query) => history.overview(query),
    account: ({ pipeline }) => account(bus, pipelines, pipeline),
    status: async () => ({
      tracker: id,
      startedAt,
      at: Date.now(),
      database: history.size(),
      streams: await projection.lag(),
      rebuilt: history.rebuilt,
    }),
  });
  let closing: Promise<void> | undefined;
  const close = async () => {
    await service.stop().catch(() => undefined);
    schedules.close();
    forget.close();
    await advisories.close();
    await projection.close();
    history.close();
  };
  const closeOnce = () => {
    closing ??= close();
    return closing;
  };
  return { id, history, close: closeOnce, [Symbol.asyncDispose]: closeOnce };
}

/** The same sentence again within this time is kept back: while NATS is away every reader has the same to say. */
const QUIET_MS = 30_000;

function quietly(say: (error: unknown) => void): (error: unknown) => void {
  const said = new Map<string, number>();
  return (error) => {
    const { message } = toFailure(error);
    if (Date.now() - (said.get(message) ?? 0) < QUIET_MS) return;
    if (said.size > 100) said.clear();
    said.set(message, Date.now());
    say(error);
  };
}

function withoutTopology(error: unknown): never {
  const missing =
    apiCode(error) === ApiCode.streamNotFound || /stream not found/i.test(toFailure(error).message);
  if (!missing) throw error;
  const sentence = `a stream or bucket the tracker reads does not exist; run "npm run topology" against this NATS`;
  throw new FatalError("TOPOLOGY_MISMATCH", sentence, { cause: error });
}
