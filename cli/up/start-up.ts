import { join, resolve } from "node:path";
import type { Exporter } from "#services/exporter";
import { startTracker } from "#services/tracker";
import { type Bus, busOptions, connectBus, reconcileTopology } from "#shared/bus";
import { defaultEnv, readCommonConfig, readEnv } from "#shared/config";
import { type NatsServer, startNatsServer } from "#shared/nats-server";
import { PIPELINES } from "#shared/pipeline";
import { packageVersion, startStages } from "#shared/stage";
import { createLogger, type Logger, startTracing } from "#shared/telemetry";
import { GatewayConfig } from "../../services/gateway/config.ts";
import { startGateway } from "../../services/gateway/start.ts";
import { natsUrlGiven } from "../config.ts";
import { announceUp, forgetUp } from "../data-folder.ts";
import { checkDataFolder, dataTrouble } from "./data-trouble.ts";
import { freePort } from "./free-port.ts";
import { stageEntries } from "./stage-entries.ts";

export interface UpOptions {
  /** Folder of everything that is kept. */
  data: string;
  /** Address and port of the gateway; a taken default port is passed over, a given one is an error. */
  host?: string;
  port?: number;
  natsPort?: number;
  /** Processes that compute. @default 2 */
  executors?: number;
  /** Also serve metrics for Prometheus; costs a few MB. @default false */
  exporter?: boolean;
}

/** Everything, running in this process and one nats-server beside it. */
export interface Up {
  bus: Bus;
  url: string;
  /** Where Prometheus finds `/metrics`, when asked for. */
  metricsUrl?: string;
  natsUrl: string;
  /** True when the nats-server is ours. */
  embedded: boolean;
  data: string;
  logFile: string;
  /** Finishes or hands over what runs, then stops everything in order. */
  stop(graceMs?: number): Promise<void>;
}

const NATS_PORT = 4222;

/**
 * Starts NATS (unless NATS_URL names one), tracker, gateway and all stages. What was started is stopped when a part fails.
 * @throws FatalError `DISK_FULL`, `DATA_FOLDER_UNUSABLE`, and what each part throws
 */
export async function startUp(options: UpOptions): Promise<Up> {
  const data = resolve(options.data);
  checkDataFolder(data);
  const logFile = join(data, "penstock.log");
  const log = createLogger("up", {}, logFile);
  const undo: (() => Promise<unknown>)[] = [];
  const stopAll = async () => {
    for (const step of undo.splice(0).reverse())
      await step().catch((error) => log.error({ err: error }, "stopping"));
  };
  try {
    const common = readCommonConfig();
    const takeBack = defaultEnv({ MODEL_CACHE_DIR: join(data, "models") });
    undo.push(async () => takeBack());
    undo.push(await startTracing("penstock", packageVersion()));
    const server = natsUrlGiven() ? undefined : await startServer(data, options.natsPort);
    if (server) undo.push(() => server.stop());
    const natsUrl = server?.url ?? common.natsUrl;
    const bus = await connectBus(busOptions({ ...common, natsUrl }, "penstock"));
    undo.push(() => bus.close());
    await reconcileTopology(bus, PIPELINES);
    const tracker = await startTracker({ bus, dbPath: join(data, "history.db"), log });
    undo.push(() => tracker.close());
    const gateway = await startGateway({
      ...(await gatewayConfig(options)),
      bus,
      version: packageVersion(),
      log,
    });
    undo.push(() => gateway.close());
    const stages = await startStages({
      bus,
      stages: stageEntries(PIPELINES),
      log,
      version: packageVersion(),
      executors: options.executors ?? 2,
      onFatal: (failure) => log.error({ code: failure.code }, failure.message),
    });
    const exporter = options.exporter ? await startMetrics(bus, log) : undefined;
    if (exporter) undo.push(() => exporter.close());
    let graceMs = common.stopGraceMs;
    undo.push(() => stages.stop(graceMs));
    announceUp(data, { pid: process.pid, natsUrl, gatewayUrl: gateway.url });
    undo.push(async () => forgetUp(data));
    log.info({ url: gateway.url, natsUrl, embedded: server !== undefined }, "everything runs");
    const stop = async (grace = graceMs) => {
      graceMs = grace;
      await stopAll();
    };
    const metrics = exporter ? { metricsUrl: `${exporter.url}/metrics` } : {};
    return {
      bus,
      url: gateway.url,
      ...metrics,
      natsUrl,
      embedded: server !== undefined,
      data,
      logFile,
      stop,
    };
  } catch (error) {
    await stopAll();
    throw dataTrouble(data, error);
  }
}

async function startServer(data: string, port: number | undefined): Promise<NatsServer> {
  return startNatsServer({
    storeDir: join(data, "nats"),
    port: port ?? (await freePort("127.0.0.1", NATS_PORT)),
    supervise: true,
  });
}

async function startMetrics(bus: Bus, log: Logger): Promise<Exporter> {
  const { ExporterConfig, startExporter } = await import("#services/exporter");
  const config = readEnv(ExporterConfig, "exporter");
  const isDefault = config.port === ExporterConfig.parse({}).port;
  const port = isDefault ? await freePort(config.host, config.port) : config.port;
  return startExporter({ ...config, port, bus, log });
}

async function gatewayConfig(options: UpOptions): Promise<GatewayConfig> {
  const asked = {
    ...(options.host === undefined ? {} : { host: options.host }),
    ...(options.port === undefined ? {} : { port: options.port }),
  };
  const config = readEnv(GatewayConfig, "gateway", asked);
  const isDefault = options.port === undefined && config.port === GatewayConfig.parse({}).port;
  return isDefault ? { ...config, port: await freePort(config.host, config.port) } : config;
}
