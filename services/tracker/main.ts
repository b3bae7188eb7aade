import { busOptions, connectBus } from "#shared/bus";
import { CommonConfig, readEnv } from "#shared/config";
import { FatalError, PenstockError } from "#shared/errors";
import { createLogger } from "#shared/telemetry";
import { TrackerConfig } from "./config.ts";
import { startTracker } from "./start-tracker.ts";

/** Runs the tracker alone until it is told to stop. */
export async function runTracker(): Promise<void> {
  try {
    const config = readEnv(CommonConfig.extend(TrackerConfig.shape));
    const log = createLogger("tracker");
    const bus = await connectBus({ ...busOptions(config, "tracker"), connectTimeoutMs: config.natsWaitMs });
    const retention = { days: config.trackerKeepDays, rows: config.trackerKeepTasks };
    const tracker = await startTracker({ bus, dbPath: config.trackerDbPath, retention, log });
    log.info({ tracker: tracker.id, server: config.natsUrl, db: config.trackerDbPath }, "tracking");
    const stop = async () => {
      await tracker.close();
      await bus.close();
      process.exit(0);
    };
    process.once("SIGTERM", stop);
    process.once("SIGINT", stop);
  } catch (error) {
    if (!(error instanceof PenstockError)) throw error;
    process.stderr.write(`tracker: ${error.message} [${error.code}]\n`);
    process.exit(error instanceof FatalError ? error.exitCode : 1);
  }
}
