import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Bus, connectBus, reconcileTopology } from "#shared/bus";
import { type NatsServer, startNatsServer } from "#shared/nats-server";
import { PIPELINES, type Pipeline } from "#shared/pipeline";
import type { Later } from "./run-bench.ts";

export interface BenchNats {
  server: NatsServer;
  bus: Bus;
  /** Stops the server and removes what it stored. */
  end(): Promise<void>;
}

/** A real nats-server with an empty store, the pipelines' streams and a connection. */
export async function startNats(
  later: Later,
  pipelines: readonly Pipeline[] = PIPELINES,
): Promise<BenchNats> {
  const folder = await tempFolder(later);
  const server = await startNatsServer({ storeDir: join(folder, "nats"), supervise: false });
  const end = later(() => server.stop());
  const bus = await connectBus({ url: server.url, name: "bench" });
  const close = later(() => bus.close());
  await reconcileTopology(bus, pipelines);
  return {
    server,
    bus,
    async end() {
      await close();
      await end();
    },
  };
}

/** A folder that is gone afterwards. */
export async function tempFolder(later: Later): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "penstock-bench-"));
  later(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
