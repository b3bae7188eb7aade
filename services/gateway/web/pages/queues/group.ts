import type { StageOverview, StageQueue, WorkerRow } from "../../api/types.ts";

/** A stage's part of a queue. */
export interface QueueStage extends StageQueue {
  /** Workers online. */
  consumers: number;
  /** Ended in the last minute, per second. */
  perSecond: number;
}

/** A queue with the stages that take from it, and their sum. */
export interface QueueGroup {
  name: string;
  pending: number;
  inFlight: number;
  oldestMs: number | null;
  consumers: number;
  perSecond: number;
  /** How many of its stages are. */
  paused: number;
  stages: QueueStage[];
}

/** Stages by their queue, with the workers that are online and the rate of each. */
export function groupQueues(
  queues: readonly StageQueue[],
  workers: readonly Pick<WorkerRow, "stage" | "online">[],
  overview: readonly Pick<StageOverview, "stage" | "perSecond">[],
): QueueGroup[] {
  const groups = new Map<string, QueueGroup>();
  for (const queue of queues) {
    const stage: QueueStage = {
      ...queue,
      consumers: workers.filter((worker) => worker.online && worker.stage === queue.stage).length,
      perSecond: overview.find((each) => each.stage === queue.stage)?.perSecond ?? 0,
    };
    const group = groups.get(queue.queue) ?? {
      name: queue.queue,
      pending: 0,
      inFlight: 0,
      oldestMs: null,
      consumers: 0,
      perSecond: 0,
      paused: 0,
      stages: [],
    };
    groups.set(queue.queue, group);
    group.pending += stage.pending;
    group.inFlight += stage.inFlight;
    group.consumers += stage.consumers;
    group.perSecond += stage.perSecond;
    group.paused += stage.paused ? 1 : 0;
    if (stage.oldestMs !== null) group.oldestMs = Math.max(group.oldestMs ?? 0, stage.oldestMs);
    group.stages.push(stage);
  }
  return [...groups.values()];
}

/** True where work would wait for ever: nobody takes it and nobody stopped it on purpose. */
export const lacksWorkers = ({ consumers, paused }: Pick<QueueStage, "consumers" | "paused">): boolean =>
  consumers === 0 && !paused;
