/** The same chain with BullMQ: one queue per hop, each job adds the next. `<redis port>` */
import { Queue, Worker } from "bullmq";
import { HOPS } from "./pipeline.ts";

const connection = { host: "127.0.0.1", port: Number(process.argv[2]), maxRetriesPerRequest: null };
const queues = Array.from({ length: HOPS + 1 }, (_, hop) => new Queue(`s${hop}`, { connection }));
const workers = queues.slice(0, HOPS).map(
  (queue, hop) =>
    new Worker(
      queue.name,
      async (job) => {
        await queues[hop + 1]!.add("no-op", job.data, { removeOnComplete: true });
      },
      { connection, concurrency: 10 },
    ),
);
await Promise.all(workers.map((worker) => worker.waitUntilReady()));
process.send?.("ready");
process.on("disconnect", () => process.exit(0));
