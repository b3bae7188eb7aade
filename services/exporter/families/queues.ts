import type { Names } from "../counts/names.ts";
import type { StageQueue } from "../live/stage-queue.ts";
import type { StageWorkers } from "../live/workers.ts";
import { type Family, labels } from "../text/family.ts";

/** What stands and works in front of the stages of one queue. */
export interface QueueNow {
  queue: string;
  length: number;
  ackPending: number;
  oldestMs: number;
  workers: number;
  /** Tasks its workers may run at once. */
  processes: number;
  /** Stages that are served: not paused, and with a worker. */
  consumers: number;
  dead: number;
}

/** Sums up stages to queues; every declared queue is there. */
export function queuesNow(
  names: Names,
  stages: readonly StageQueue[],
  workers: ReadonlyMap<string, StageWorkers>,
  dead: ReadonlyMap<string, number>,
): QueueNow[] {
  const queues = [...new Set([...names.queues.values(), ...dead.keys()])].sort();
  return queues.map((queue) => {
    const own = stages.filter((stage) => stage.queue === queue);
    const served = [...names.queues].filter(([, each]) => each === queue).map(([name]) => workers.get(name));
    const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
    return {
      queue,
      length: sum(own.map(({ pending }) => pending)),
      ackPending: sum(own.map(({ ackPending }) => ackPending)),
      oldestMs: Math.max(0, ...own.map(({ oldestMs }) => oldestMs)),
      workers: sum(served.map((each) => each?.workers ?? 0)),
      processes: sum(served.map((each) => each?.slots ?? 0)),
      consumers: own.filter(({ stage, paused }) => !paused && (workers.get(stage)?.workers ?? 0) > 0).length,
      dead: dead.get(queue) ?? 0,
    };
  });
}

/** Gauges of queues. */
export function queueFamilies(queues: readonly QueueNow[]): Family[] {
  const gauge = (name: string, help: string, value: (queue: QueueNow) => number): Family => ({
    name: `penstock_${name}`,
    help,
    type: "gauge",
    samples: queues.map((queue) => ({ labels: labels({ queue_name: queue.queue }), value: value(queue) })),
  });
  return [
    gauge("queue_length", "Messages no worker has yet.", ({ length }) => length),
    gauge("queue_ack_pending", "Messages with workers or waiting for a retry.", (queue) => queue.ackPending),
    gauge(
      "queue_oldest_age_seconds",
      "Age of the oldest message that is not done.",
      (queue) => queue.oldestMs / 1000,
    ),
    gauge("active_worker_count", "Live workers.", ({ workers }) => workers),
    gauge("active_process_count", "Tasks that live workers may run at once.", ({ processes }) => processes),
    gauge(
      "active_consumer_count",
      "Stages with a live worker that are not paused.",
      (queue) => queue.consumers,
    ),
    gauge("dlq_length", "Dead letters.", ({ dead }) => dead),
  ];
}

/** Gauges of single stages: what alerts need that must not be summed up. */
export function stageFamilies(
  stages: readonly StageQueue[],
  workers: ReadonlyMap<string, StageWorkers>,
): Family[] {
  const gauge = (name: string, help: string, value: (stage: StageQueue) => number): Family => ({
    name: `penstock_stage_${name}`,
    help,
    type: "gauge",
    samples: stages.map((stage) => ({
      labels: labels({ name: stage.stage, queue_name: stage.queue }),
      value: value(stage),
    })),
  });
  return [
    gauge("length", "Messages no worker has yet.", ({ pending }) => pending),
    gauge("ack_pending", "Messages with workers or waiting for a retry.", ({ ackPending }) => ackPending),
    gauge("ack_pending_limit", "Most messages handed out at once.", (stage) => stage.ackPendingLimit),
    gauge(
      "oldest_age_seconds",
      "Age of the oldest message that is not done.",
      ({ oldestMs }) => oldestMs / 1000,
    ),
    gauge("workers", "Live workers.", ({ stage }) => workers.get(stage)?.workers ?? 0),
    gauge("paused", "1 while paused.", ({ paused }) => (paused ? 1 : 0)),
  ];
}
