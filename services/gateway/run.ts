import { busOptions } from "#shared/bus";
import { readCommonConfig, readEnv } from "#shared/config";
import { toFailure } from "#shared/errors";
import { endWith, packageVersion } from "#shared/stage";
import { createLogger, startTracing } from "#shared/telemetry";
import { GatewayConfig } from "./config.ts";
import { openLink } from "./link.ts";
import { startGateway } from "./start.ts";

/** Runs the gateway as a process of its own until it is told to stop. */
export async function runGateway(): Promise<void> {
  try {
    const common = readCommonConfig();
    const config = readEnv(GatewayConfig, "gateway");
    const log = createLogger("gateway");
    const stopTracing = await startTracing("gateway", packageVersion());
    const bus = openLink(busOptions(common, "gateway"), (error) => endWith("gateway", error));
    const gateway = await startGateway({ ...config, bus, version: packageVersion(), log });
    log.info({ url: gateway.url, server: common.natsUrl }, "listening");
    const stop = async () => {
      await gateway.close();
      await stopTracing();
      process.exit(0);
    };
    for (const signal of ["SIGTERM", "SIGINT"] as const)
      process.once(signal, () => void stop().catch((error) => log.error(toFailure(error).message)));
  } catch (error) {
    endWith("gateway", error);
  }
}
