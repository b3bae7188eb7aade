import { FlowProducer, Worker } from "bullmq";
import type { GroupDriver } from "./driver.ts";
import { PARTS } from "./pipeline.ts";

/** Adds flows, and is the worker of their parents: the callback. */
export async function bullmqDriver(port: number): Promise<GroupDriver> {
  const connection = { host: "127.0.0.1", port, maxRetriesPerRequest: null };
  const flows = new FlowProducer({ connection });
  const waiting = new Map<string, () => void>();
  const callbacks = new Worker(
    "callbacks",
    async (job) => {
      waiting.get(job.data.uid)?.();
      waiting.delete(job.data.uid);
    },
    { connection, concurrency: 10 },
  );
  await callbacks.waitUntilReady();
  let next = 0;
  const opts = { removeOnComplete: true };
  return {
    async group(ms, count = PARTS) {
      const uid = `g${next++}`;
      const ended = new Promise<void>((resolve) => waiting.set(uid, resolve));
      const children = Array.from({ length: count }, (_, n) => ({
        ...{ name: `p${n}`, queueName: "tasks", data: { ms }, opts },
      }));
      await flows.add({ name: "callback", queueName: "callbacks", data: { uid }, children, opts });
      await ended;
    },
    async close() {
      await callbacks.close(true);
      await flows.close();
    },
  };
}
