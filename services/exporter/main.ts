import { parseArgs } from "node:util";
import { busOptions, connectBus } from "#shared/bus";
import { readCommonConfig, readEnv } from "#shared/config";
import { FatalError } from "#shared/errors";
import { runProcess } from "#shared/stage";
import { createLogger } from "#shared/telemetry";
import { ExporterConfig } from "./config.ts";
import { startExporter } from "./start-exporter.ts";

/**
 * Runs the exporter alone until it is told to stop.
 * @param args `--host`, `--port`, `--compat`: each wins over its variable
 */
export function runExporter(args: readonly string[] = process.argv.slice(2)): Promise<void> {
  return runProcess("exporter", async () => {
    const common = readCommonConfig();
    const config = readEnv(ExporterConfig, "exporter", flagsOf(args));
    const log = createLogger("exporter");
    const bus = await connectBus({ ...busOptions(common, "exporter"), connectTimeoutMs: 60_000 });
    const exporter = await startExporter({ bus, ...config, log });
    log.info({ url: exporter.url, server: common.natsUrl, compat: config.compat }, "exporting");
    return async () => {
      await exporter.close();
      await bus.close();
    };
  });
}

function flagsOf(args: readonly string[]): Record<string, unknown> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { host: { type: "string" }, port: { type: "string" }, compat: { type: "string" } },
    });
    return { ...values, port: values.port === undefined ? undefined : Number(values.port) };
  } catch (cause) {
    throw new FatalError(
      "BAD_CONFIG",
      `the exporter takes --host, --port and --compat: ${(cause as Error).message}`,
      { cause },
    );
  }
}
