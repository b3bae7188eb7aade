import {
  AckPolicy,
  type ConsumerConfig,
  DeliverPolicy,
  DiscardPolicy,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";
import { nanos } from "@nats-io/nats-core";
import { Objm } from "@nats-io/obj";
import { FatalError } from "#shared/errors";
import type { MessageSpec, Pipeline, Stage } from "#shared/pipeline";
import type { Bus } from "./connect.ts";
import { ApiCode, apiCode } from "./errors.ts";
import { messageLimit } from "./message-limit.ts";
import { ensureSchedule } from "./schedule-records.ts";
import { SCHEDULES_STREAM, scheduledSubject } from "./schedules.ts";

const DAY_MS = 86_400_000;

/** Naks for handing work over use up deliveries too: room for this many beside a stage's own attempts. */
export const HANDOVER_ROOM = 20;

export const KV_BUCKETS = ["runs", "settings", "models", "handovers", "limits", "counters"] as const;
export const OBJECT_STORES = ["inbox", "artifacts", "models"] as const;
export type KvBucket = (typeof KV_BUCKETS)[number];
export type ObjectBucket = (typeof OBJECT_STORES)[number];

export interface TopologyOptions {
  /** Copies of everything in a cluster. @default 1 */
  replicas?: number;
  /** Largest size of a pipeline's stream in bytes; full means the publisher gets an error. @default 10 GiB */
  maxBytes?: number;
  /** Largest message of a pipeline's stream in bytes, headers included. @default a little below the server's limit */
  maxMessageBytes?: number;
  /** How long lifecycle events are kept. @default 30 days */
  taskEventsMs?: number;
}

/** A stream of work: refuses new messages when full, drops none by age. */
function workStream(pipeline: Pipeline, options: TopologyOptions): Partial<StreamConfig> & { name: string } {
  return {
    name: pipeline.stream,
    description: `work of the ${pipeline.name} pipeline`,
    subjects: [...pipeline.subjects],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: DiscardPolicy.New,
    max_bytes: options.maxBytes ?? 10 * 1024 ** 3,
    max_msg_size: options.maxMessageBytes ?? messageLimit(),
    num_replicas: options.replicas ?? 1,
    duplicate_window: nanos(120_000),
    // Results and joins are decided by leader reads; a direct get from a replica may be stale.
    allow_direct: false,
    allow_atomic: true,
    allow_rollup_hdrs: false,
    ...(isTimed(pipeline) ? { sources: [scheduledFor(pipeline)] } : {}),
  };
}

/** True when messages of the pipeline come from schedules or deadlines. */
const isTimed = (pipeline: Pipeline): boolean =>
  Object.values<MessageSpec>(pipeline.messages).some(({ timer }) => timer);

/** What the server's scheduler publishes for a pipeline comes over into its stream without anybody's help. */
const scheduledFor = (pipeline: Pipeline) => ({
  name: SCHEDULES_STREAM,
  subject_transforms: [{ src: scheduledSubject(`${pipeline.name}.>`), dest: `${pipeline.name}.>` }],
});

/** Schedules, and what they published of late: the last ones of each subject are enough. */
function scheduleStream(options: TopologyOptions): Partial<StreamConfig> & { name: string } {
  return {
    name: SCHEDULES_STREAM,
    description: "schedules and deadlines, served by the server itself",
    subjects: ["schedules.>"],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: DiscardPolicy.Old,
    max_msgs_per_subject: 100,
    num_replicas: options.replicas ?? 1,
    duplicate_window: nanos(120_000),
    allow_direct: false,
    allow_msg_schedules: true,
  };
}

function logStream(
  name: string,
  description: string,
  subjects: string[],
  maxAgeMs: number,
  options: TopologyOptions,
): Partial<StreamConfig> & { name: string } {
  return {
    name,
    description,
    subjects,
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: DiscardPolicy.Old,
    max_age: nanos(maxAgeMs),
    max_bytes: 4 * 1024 ** 3,
    num_replicas: options.replicas ?? 1,
    duplicate_window: nanos(120_000),
  };
}

/** Every stream the pipelines need. */
export function streamConfigs(pipelines: readonly Pipeline[], options: TopologyOptions = {}) {
  return [
    ...pipelines.map((pipeline) => workStream(pipeline, options)),
    scheduleStream(options),
    {
      ...logStream(
        "TASKS",
        "lifecycle events of tasks and workers",
        ["task.>"],
        options.taskEventsMs ?? 30 * DAY_MS,
        options,
      ),
      // A worker's sign of life replaces the one before, and goes when the worker is long gone.
      allow_rollup_hdrs: true,
      allow_msg_ttl: true,
    },
    { ...logStream("DEAD", "dead letters", ["dead.>"], 0, options), discard: DiscardPolicy.New },
    logStream(
      "ADVISORIES",
      "messages JetStream gave up on",
      ["$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.>", "$JS.EVENT.ADVISORY.CONSUMER.MSG_TERMINATED.>"],
      30 * DAY_MS,
      options,
    ),
  ];
}

/** The durable pull consumer of a stage. */
export function consumerConfig(stage: Stage, options: TopologyOptions = {}): Partial<ConsumerConfig> {
  return {
    durable_name: stage.name,
    description: stage.summary,
    filter_subjects: [...stage.filters],
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: nanos(stage.ackWaitMs),
    // Our own limit, one for the delivery that dead-letters without calling the handler, room for handovers.
    // A join runs no handler: what it cannot settle now comes again until it can.
    max_deliver: stage.join ? -1 : stage.retries + 2 + HANDOVER_ROOM,
    // A message that waits out a nak holds a place, so there is room far beyond the slots.
    max_ack_pending: 20_000,
    max_waiting: 2_048,
    num_replicas: options.replicas ?? 1,
    metadata: { "penstock.queue": stage.queue, "penstock.pipeline": stage.pipeline },
  };
}

async function ensureStream(bus: Bus, config: Partial<StreamConfig> & { name: string }): Promise<void> {
  try {
    const info = await bus.jsm.streams.info(config.name);
    await bus.jsm.streams.update(config.name, { ...info.config, ...config });
  } catch (error) {
    if (apiCode(error) !== ApiCode.streamNotFound) throw error;
    await bus.jsm.streams.add(config);
  }
}

async function ensureConsumer(
  bus: Bus,
  stream: string,
  stage: Stage,
  options: TopologyOptions,
): Promise<void> {
  const config = consumerConfig(stage, options);
  try {
    const { config: current } = await bus.jsm.consumers.info(stream, stage.name);
    await bus.jsm.consumers.update(stream, stage.name, { ...current, ...config } as ConsumerConfig);
  } catch (error) {
    if (apiCode(error) !== ApiCode.consumerNotFound) throw error;
    await bus.jsm.consumers.add(stream, config);
  }
}

/** Creates or updates streams, consumers, KV buckets and object stores from the declarations. Safe to repeat. */
export async function reconcileTopology(
  bus: Bus,
  pipelines: readonly Pipeline[],
  options: TopologyOptions = {},
): Promise<void> {
  const replicas = options.replicas ?? 1;
  const sized = { maxMessageBytes: messageLimit(bus.nc.info?.max_payload), ...options };
  await Promise.all(streamConfigs(pipelines, sized).map((config) => ensureStream(bus, config)));
  const kvm = new Kvm(bus.js);
  const objm = new Objm(bus.js);
  await Promise.all([
    ...KV_BUCKETS.map((name) => kvm.create(name, { history: 1, replicas, markerTTL: 60_000 })),
    ...OBJECT_STORES.map((name) => objm.create(name, { replicas, storage: StorageType.File })),
    ...pipelines.flatMap((pipeline) =>
      Object.values(pipeline.stages).map((stage) => ensureConsumer(bus, pipeline.stream, stage, options)),
    ),
    ...pipelines.flatMap((pipeline) =>
      pipeline.schedules.map((schedule) => ensureSchedule(bus, pipeline, schedule)),
    ),
  ]);
}

/**
 * Checks that what the stages need is there.
 * @throws FatalError `TOPOLOGY_MISMATCH`
 */
export async function checkTopology(bus: Bus, pipeline: Pipeline, stages: readonly Stage[]): Promise<void> {
  for (const stage of stages) {
    const wrong = (what: string) =>
      new FatalError(
        "TOPOLOGY_MISMATCH",
        `consumer ${stage.name} on stream ${pipeline.stream} ${what}; run "npm run topology" against this NATS`,
      );
    const info = await bus.jsm.consumers.info(pipeline.stream, stage.name).catch((error) => {
      if (apiCode(error) === ApiCode.consumerNotFound || apiCode(error) === ApiCode.streamNotFound)
        throw wrong("does not exist");
      throw error;
    });
    const filters = info.config.filter_subjects ?? [info.config.filter_subject ?? ""];
    if ([...filters].sort().join() !== [...stage.filters].sort().join())
      throw wrong(`filters ${filters.join(", ")} instead of ${stage.filters.join(", ")}`);
  }
}
