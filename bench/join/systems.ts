import { fileURLToPath } from "node:url";
import { forkWorker } from "../support/fork-worker.ts";
import { needCelery, needRedis, withCelery, withRedis } from "../support/redis.ts";
import type { Later } from "../support/run-bench.ts";
import { sourceFolder } from "../support/source-folder.ts";
import { startNats } from "../support/start-nats.ts";
import { bullmqDriver } from "./bullmq-driver.ts";
import { type GroupDriver, type GroupFigures, measure, TASK_MS } from "./driver.ts";
import { penstockDriver } from "./penstock-driver.ts";
import { declareGroup } from "./pipeline.ts";

/** A system under test: started fresh for every round, and gone after it. */
export interface System {
  name: string;
  /** Why it cannot run here, or null. */
  missing(): string | null;
  round(single: number, later: Later): Promise<GroupFigures>;
}

async function driven(driver: GroupDriver, single: number): Promise<GroupFigures> {
  try {
    return await measure(driver, single);
  } finally {
    await driver.close();
  }
}

const penstock = (name: string, fanOut: "atomic" | "logged"): System => ({
  name,
  missing: () => null,
  async round(single, later) {
    const { server, end } = await startNats(later, [declareGroup(fanOut)]);
    const args = [server.url, fanOut];
    const worker = await forkWorker({ beside: import.meta.url, module: "penstock-worker", args, later });
    const figures = await driven(await penstockDriver(server.url, fanOut), single);
    await worker.end();
    await end();
    return figures;
  },
});

export const logged = penstock("Penstock, plan logged first", "logged");
export const atomic = penstock("Penstock, plan in one batch", "atomic");

export const bullmq: System = {
  name: "BullMQ flow",
  missing: needRedis,
  round: (single, later) =>
    withRedis(async (port) => {
      const args = [String(port)];
      const worker = await forkWorker({ beside: import.meta.url, module: "bullmq-worker", args, later });
      const figures = await driven(await bullmqDriver(port), single);
      await worker.end();
      return figures;
    }),
};

export const celery: System = {
  name: "Celery chord (2 processes)",
  missing: needCelery,
  round: (single) =>
    withRedis((port) => {
      const folder = fileURLToPath(sourceFolder(import.meta.url));
      return withCelery(folder, port, "celery_drive.py", [String(single), String(TASK_MS)]);
    }),
};
