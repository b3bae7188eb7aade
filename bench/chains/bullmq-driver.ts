import { Queue, Worker } from "bullmq";
import type { ChainDriver } from "./driver.ts";
import { HOPS } from "./pipeline.ts";

/** Adds a job to the first queue, and takes it from the last. */
export async function bullmqDriver(port: number): Promise<ChainDriver> {
  const connection = { host: "127.0.0.1", port, maxRetriesPerRequest: null };
  const first = new Queue("s0", { connection });
  const waiting = new Map<string, () => void>();
  const last = new Worker(
    `s${HOPS}`,
    async (job) => {
      waiting.get(job.data.uid)?.();
      waiting.delete(job.data.uid);
    },
    { connection, concurrency: 50 },
  );
  await last.waitUntilReady();
  let next = 0;
  return {
    async chain() {
      const uid = `c${next++}`;
      const ended = new Promise<void>((resolve) => waiting.set(uid, resolve));
      await first.add("no-op", { uid, at: Date.now() }, { removeOnComplete: true });
      await ended;
    },
    async close() {
      await last.close(true);
      await first.close();
    },
  };
}
