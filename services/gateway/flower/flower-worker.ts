import { z } from "@hono/zod-openapi";
import type { WorkerRow } from "#shared/history";
import { allStages } from "#shared/operate";

const Unknown = z.record(z.string(), z.unknown());

/** A worker as Flower shows it (celery inspect); the lists only where the worker was asked just now. */
export const FlowerWorker = z.object({
  active_queues: z.array(
    z.object({
      name: z.string(),
      exchange: Unknown,
      routing_key: z.string(),
      queue_arguments: z.null(),
      binding_arguments: z.null(),
      consumer_arguments: z.null(),
      durable: z.boolean(),
      exclusive: z.boolean(),
      auto_delete: z.boolean(),
      no_ack: z.boolean(),
      alias: z.null(),
      bindings: z.array(z.unknown()),
    }),
  ),
  conf: Unknown,
  registered: z.array(z.string()),
  stats: z.object({
    broker: Unknown,
    clock: z.string(),
    pid: z.number().int(),
    pool: Unknown,
    prefetch_count: z.number().int(),
    rusage: Unknown,
    total: z.record(z.string(), z.number()),
    uptime: z.number(),
  }),
  timestamp: z.number(),
  active: z.array(Unknown).optional(),
  reserved: z.array(Unknown).optional(),
  scheduled: z.array(Unknown).optional(),
  revoked: z.array(z.string()).optional(),
});
export type FlowerWorker = z.infer<typeof FlowerWorker>;

/** Figures of getrusage(2) that Node does not tell of another process. */
const UNTOLD = [
  ...["idrss", "inblock", "isrss", "ixrss", "majflt", "minflt", "msgrcv", "msgsnd"],
  ...["nivcsw", "nsignals", "nswap", "nvcsw", "oublock", "stime"],
];

/** A worker's last sign of life in Flower's words: one queue, one task name, its slots as the pool's concurrency. */
export function toFlowerWorker(row: WorkerRow, natsUrl: string): FlowerWorker {
  const stage = allStages().find(({ name }) => name === row.stage);
  const server = new URL(/^\w+:\/\//.test(natsUrl) ? natsUrl : `nats://${natsUrl}`);
  return {
    active_queues: [queue(row.queue)],
    conf: {
      task_default_queue: row.queue,
      worker_concurrency: row.slots,
      task_acks_late: true,
      task_time_limit: stage ? stage.hardLimitMs / 1000 : null,
      task_soft_time_limit: stage ? stage.softLimitMs / 1000 : null,
      timezone: "UTC",
    },
    registered: [row.stage],
    stats: {
      broker: {
        transport: "nats",
        hostname: server.hostname,
        port: Number(server.port || 4222),
        userid: null,
        virtual_host: null,
        ssl: server.protocol === "tls:",
        alternates: [],
        connect_timeout: null,
        heartbeat: null,
        insist: false,
        login_method: null,
        transport_options: {},
        uri_prefix: null,
      },
      clock: String(row.processed + row.failed),
      pid: row.pid,
      pool: {
        "max-concurrency": row.slots,
        "max-tasks-per-child": "N/A",
        processes: [row.pid],
        "put-guarded-by-semaphore": false,
        timeouts: stage ? [stage.softLimitMs / 1000, stage.hardLimitMs / 1000] : [0, 0],
        writes: {
          all: "N/A",
          avg: "N/A",
          inqueues: { active: row.active, total: row.slots },
          raw: "N/A",
          total: row.processed,
        },
      },
      // Nothing is fetched ahead: a worker holds what it runs.
      prefetch_count: row.slots,
      rusage: {
        ...Object.fromEntries(UNTOLD.map((name) => [name, null])),
        maxrss: Math.round(row.residentBytes / 1024),
        utime: row.cpuSeconds,
      },
      total: { [row.stage]: row.processed + row.failed },
      uptime: Math.max(0, Math.round((row.at - row.startedAt) / 1000)),
    },
    timestamp: row.at / 1000,
  };
}

const queue = (name: string): FlowerWorker["active_queues"][number] => ({
  name,
  exchange: {
    name,
    type: "direct",
    arguments: null,
    durable: true,
    passive: false,
    auto_delete: false,
    delivery_mode: 2,
  },
  routing_key: name,
  queue_arguments: null,
  binding_arguments: null,
  consumer_arguments: null,
  durable: true,
  exclusive: false,
  auto_delete: false,
  no_ack: false,
  alias: null,
  bindings: [],
});

/** A task a worker has, as `active` and `reserved` of it say, in Flower's words. */
export function toFlowerActive(task: Record<string, unknown>, row: WorkerRow): Record<string, unknown> {
  const startedAt = typeof task.startedAt === "number" ? task.startedAt / 1000 : null;
  return {
    id: task.task,
    name: row.stage,
    type: row.stage,
    args: [],
    kwargs: {},
    hostname: row.worker,
    time_start: startedAt,
    acknowledged: false,
    delivery_info: {
      exchange: "",
      routing_key: row.queue,
      priority: null,
      redelivered: Number(task.attempt) > 1,
    },
    worker_pid: row.pid,
  };
}
