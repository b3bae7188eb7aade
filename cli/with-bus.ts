import { userInfo } from "node:os";
import { type Bus, busOptions, connectBus } from "#shared/bus";
import { FatalError } from "#shared/errors";
import { startTracing } from "#shared/telemetry";
import { readCliConfig } from "./config.ts";
import { packageVersion } from "./package-folder.ts";

/** A person waits: NATS is there within this, or it is not there. */
const CONNECT_MS = 3_000;

/** Runs a verb's work with a connection that is closed afterwards, whatever happens. */
export async function withBus<T>(work: (bus: Bus) => Promise<T>): Promise<T> {
  const config = readCliConfig();
  const stopTracing = await startTracing("cli", packageVersion());
  const bus = await connectBus({ ...busOptions(config, "cli"), connectTimeoutMs: CONNECT_MS }).catch(
    (error) => {
      if (error instanceof FatalError && error.code === "NATS_UNREACHABLE")
        throw new FatalError(
          error.code,
          `${error.message}. Start everything with "penstock up", or set NATS_URL; "penstock doctor" looks closer`,
          { cause: error },
        );
      throw error;
    },
  );
  try {
    return await work(bus);
  } finally {
    await bus.close();
    await stopTracing();
  }
}

/** Who acts, for the audit trail. */
export function whoAmI(): string {
  try {
    return userInfo().username;
  } catch {
    return "cli";
  }
}
