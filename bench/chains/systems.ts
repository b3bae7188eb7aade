import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { connectBus, reconcileTopology } from "#shared/bus";
import { startNatsServer } from "#shared/nats-server";
import { needCelery, needRedis, withCelery, withRedis } from "../support/redis.ts";
import { sourceFolder } from "../support/source-folder.ts";
import { bullmqDriver } from "./bullmq-driver.ts";
import { type ChainFigures, measure } from "./driver.ts";
import { natsDriver } from "./nats-driver.ts";
import { chainPipeline } from "./pipeline.ts";

/** How much to run of each system in one round. */
export interface Load {
  single: number;
  many: number;
  inFlight: number;
}

/** A system under test: started fresh for every round, and gone after it. */
export interface System {
  name: string;
  /** Why it cannot run here, or null. */
  missing(): string | null;
  round(load: Load): Promise<ChainFigures>;
}

const extension = import.meta.url.endsWith(".ts") ? ".ts" : ".js";

function startWorker(name: string, argument: string): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL(`./${name}${extension}`, import.meta.url)), [argument], {
    env: { ...process.env, LOG_LEVEL: "fatal" },
  });
  return new Promise((resolve, reject) => {
    child.once("message", () => resolve(child));
    child.once("exit", (code) => reject(new Error(`${name} ended with ${code}`)));
  });
}

async function withNats(
  worker: string,
  prefix: string,
  processes: number,
  load: Load,
): Promise<ChainFigures> {
  const folder = mkdtempSync(join(tmpdir(), "penstock-bench-"));
  const server = await startNatsServer({ storeDir: folder, supervise: false });
  const bus = await connectBus({ url: server.url, name: "bench-setup" });
  await reconcileTopology(bus, [chainPipeline]);
  const workers = await Promise.all(Array.from({ length: processes }, () => startWorker(worker, server.url)));
  const driver = await natsDriver(server.url, prefix);
  try {
    return await measure(driver, load.single, load.many, load.inFlight);
  } finally {
    for (const child of workers) child.kill("SIGKILL");
    await driver.close();
    await bus.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

export const bare: System = {
  name: "bare JetStream client",
  missing: () => null,
  round: (load) => withNats("bare-worker", "bare", 1, load),
};

export const penstock: System = {
  name: "Penstock",
  missing: () => null,
  round: (load) => withNats("penstock-worker", "chain", 1, load),
};

export const penstock2: System = {
  name: "Penstock, 2 processes",
  missing: () => null,
  round: (load) => withNats("penstock-worker", "chain", 2, load),
};

export const bullmq: System = {
  name: "BullMQ",
  missing: needRedis,
  round: (load) =>
    withRedis(async (port) => {
      const worker = await startWorker("bullmq-worker", String(port));
      const driver = await bullmqDriver(port);
      try {
        return await measure(driver, load.single, load.many, load.inFlight);
      } finally {
        worker.kill("SIGKILL");
        await driver.close();
      }
    }),
};

export const celery: System = {
  name: "Celery (2 processes, prefetch 4)",
  missing: needCelery,
  round: (load) =>
    withRedis((port) => {
      const { single, many, inFlight } = load;
      const numbers = [single, Math.ceil(many / 10), inFlight].map(String);
      return withCelery(fileURLToPath(sourceFolder(import.meta.url)), port, "celery_drive.py", numbers);
    }),
};
