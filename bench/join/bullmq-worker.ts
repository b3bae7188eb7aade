/** The same group with BullMQ: five children of one parent. `<redis port>` */
import { Worker } from "bullmq";
import { ready } from "../support/fork-worker.ts";

const connection = { host: "127.0.0.1", port: Number(process.argv[2]), maxRetriesPerRequest: null };
const tasks = new Worker(
  "tasks",
  async (job) => {
    if (job.data.ms > 0) await new Promise((resolve) => setTimeout(resolve, job.data.ms));
  },
  { connection, concurrency: 10 },
);
await tasks.waitUntilReady();
ready();
