import { busOptions, connectBus } from "#shared/bus";
import { CommonConfig, readEnv } from "#shared/config";
import { runProcess } from "#shared/stage";
import { createLogger } from "#shared/telemetry";
import { TrackerConfig } from "./config.ts";
import { startTracker } from "./start-tracker.ts";

/** Runs the tracker alone until it is told to stop. */
export function runTracker(): Promise<void> {
  return runProcess("tracker", async () => {
    const config = readEnv(CommonConfig.extend(TrackerConfig.shape));
    const log = createLogger("tracker");
    const bus = await connectBus({ ...busOptions(config, "tracker"), connectTimeoutMs: config.natsWaitMs });
    const retention = { days: config.trackerKeepDays, rows: config.trackerKeepTasks };
    const tracker = await startTracker({ bus, dbPath: config.trackerDbPath, retention, log });
    log.info({ tracker: tracker.id, server: config.natsUrl, db: config.trackerDbPath }, "tracking");
    return async () => {
      await tracker.close();
      await bus.close();
    };
  });
}
