import { ApiCode, apiCode, type Bus, openKv } from "#shared/bus";
import { FatalError, toFailure } from "#shared/errors";
import { PIPELINES, type Pipeline } from "#shared/pipeline";
import { packageVersion } from "#shared/stage";
import { createLogger, type Logger } from "#shared/telemetry";
import type { ExporterConfig } from "./config.ts";
import { watchConnection } from "./connection.ts";
import { namesOf } from "./counts/names.ts";
import { every } from "./every.ts";
import { Ledger } from "./ledger/ledger.ts";
import { SnapshotStore } from "./ledger/snapshot-store.ts";
import { lastBeats } from "./live/last-beats.ts";
import { Live } from "./live/live.ts";
import { Workers } from "./live/workers.ts";
import { quietly } from "./quietly.ts";
import { render } from "./render.ts";
import { serve } from "./serve.ts";

export interface StartExporterOptions extends Partial<ExporterConfig> {
  bus: Bus;
  /** @default all declared */
  pipelines?: readonly Pipeline[];
  /** How often queues, workers and the rest are looked at, ms. @default 5000 */
  refreshMs?: number;
  /** How often the counts are written down, ms. @default 15000 */
  snapshotMs?: number;
  log?: Logger;
}

export interface Exporter extends AsyncDisposable {
  /** e.g. `http://127.0.0.1:9808` */
  readonly url: string;
  /** Writes the counts down and stops. The bus stays open. */
  close(): Promise<void>;
}

/**
 * Starts the exporter: counts the streams from where the last snapshot stands, looks at queues and workers in the
 * background, serves `/metrics`. Until everything that happened before the start is counted, a scrape is answered 503.
 * @throws FatalError `TOPOLOGY_MISMATCH` when a stream or bucket does not exist, `PORT_TAKEN`
 */
export async function startExporter(options: StartExporterOptions): Promise<Exporter> {
  const { bus, host = "127.0.0.1", port = 9808, compat = "none", pipelines = PIPELINES } = options;
  const log = options.log ?? createLogger("exporter");
  const onProblem = quietly((sentence, code) => log.warn({ code }, sentence));
  const byHost = compat === "celery-exporter";
  const names = namesOf(pipelines);
  const workers = new Workers();
  const live = new Live({ bus, pipelines, names, onProblem });
  const ledger = new Ledger({
    bus,
    pipelines,
    names,
    byHost,
    onBeat: (beat, at) => workers.note(beat, at),
    onProblem,
    onRebuild: (reason) => log.info({ reason }, "counting anew"),
  });
  const connection = watchConnection(bus);
  const store = await openKv(bus, "counters").then((kv) => new SnapshotStore(kv, byHost), withoutTopology);
  const save = async () => {
    if (ledger.caughtUp) await store.save(ledger.snapshot());
  };
  const begin = async () => {
    await ledger.start(await store.load());
    for await (const { beat, at } of lastBeats(bus)) workers.note(beat, at);
    await live.refresh();
  };
  await begin().catch(async (error) => {
    await ledger.close();
    return withoutTopology(error);
  });
  const version = packageVersion();
  const metrics = () => {
    if (!ledger.caughtUp) return null;
    const { counts, levelAt } = ledger;
    const about = { version, lastEventAt: counts.lastEventAt, levelAt, connected: connection.up() };
    return render({ names, counts, workers, live: live.state, about, celery: byHost });
  };
  const ailment = () => (connection.up() ? null : `NATS at ${bus.url} cannot be reached`);
  const server = await serve(host, port, { metrics, ailment }).catch(async (error) => {
    await ledger.close();
    throw error;
  });
  const refreshing = every(options.refreshMs ?? 5_000, onProblem, async () => {
    await Promise.all([ledger.check(), live.refresh()]);
  });
  const saving = every(options.snapshotMs ?? 15_000, onProblem, save);
  let closing: Promise<void> | undefined;
  const close = async () => {
    await server.close();
    await Promise.all([refreshing.stop(), saving.stop()]);
    await ledger.close();
    if (connection.up()) await save().catch(onProblem);
  };
  const closeOnce = () => {
    closing ??= close();
    return closing;
  };
  return { url: server.url, close: closeOnce, [Symbol.asyncDispose]: closeOnce };
}

function withoutTopology(error: unknown): never {
  const missing =
    apiCode(error) === ApiCode.streamNotFound || /stream not found/i.test(toFailure(error).message);
  if (!missing) throw error;
  const sentence = `a stream or bucket the exporter reads does not exist; run "npm run topology" against this NATS`;
  throw new FatalError("TOPOLOGY_MISMATCH", sentence, { cause: error });
}
