import { parseArgs } from "node:util";
import { busOptions, connectBus } from "#shared/bus";
import { readCommonConfig, readEnv } from "#shared/config";
import { FatalError, PenstockError } from "#shared/errors";
import { createLogger } from "#shared/telemetry";
import { ExporterConfig } from "./config.ts";
import { startExporter } from "./start-exporter.ts";

/**
 * Runs the exporter alone until it is told to stop.
 * @param args `--host`, `--port`, `--compat`: each wins over its variable
 */
export async function runExporter(args: readonly string[] = process.argv.slice(2)): Promise<void> {
  try {
    const common = readCommonConfig();
    const config = readEnv(ExporterConfig, "exporter", flagsOf(args));
    const log = createLogger("exporter");
    const bus = await connectBus({ ...busOptions(common, "exporter"), connectTimeoutMs: 60_000 });
    const exporter = await startExporter({ bus, ...config, log });
    log.info({ url: exporter.url, server: common.natsUrl, compat: config.compat }, "exporting");
    const stop = async () => {
      await exporter.close();
      await bus.close();
      process.exit(0);
    };
    process.once("SIGTERM", stop);
    process.once("SIGINT", stop);
  } catch (error) {
    if (!(error instanceof PenstockError)) throw error;
    process.stderr.write(`exporter: ${error.message} [${error.code}]\n`);
    process.exit(error instanceof FatalError ? error.exitCode : 1);
  }
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
