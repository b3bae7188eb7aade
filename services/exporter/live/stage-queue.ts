import type { ConsumerInfo, MsgRequest, NextMsgRequest } from "@nats-io/jetstream";
import { ApiCode, apiCode, type Bus } from "#shared/bus";
import type { Pipeline, Stage } from "#shared/pipeline";

/** The work in front of one stage, as its consumer sees it. */
export interface StageQueue {
  stage: string;
  queue: string;
  /** Stored and not yet handed to a worker. */
  pending: number;
  /** With a worker, or waiting out a retry delay. */
  ackPending: number;
  /** No more than this are handed out. */
  ackPendingLimit: number;
  /** Age of the oldest message that is not done, ms; 0 when there is none. */
  oldestMs: number;
  paused: boolean;
}

/** What lies in front of every stage of a pipeline; a stage whose consumer does not exist is left out. */
export async function readStageQueues(bus: Bus, pipeline: Pipeline): Promise<StageQueue[]> {
  const queues: Promise<StageQueue>[] = [];
  // All consumers in one question.
  for await (const info of bus.jsm.consumers.list(pipeline.stream)) {
    const stage = pipeline.stages[info.name];
    if (stage) queues.push(readQueue(bus, pipeline.stream, stage, info));
  }
  return Promise.all(queues);
}

async function readQueue(bus: Bus, stream: string, stage: Stage, info: ConsumerInfo): Promise<StageQueue> {
  const open = info.num_pending + info.num_ack_pending;
  return {
    stage: stage.name,
    queue: stage.queue,
    pending: info.num_pending,
    ackPending: info.num_ack_pending,
    ackPendingLimit: info.config.max_ack_pending ?? 0,
    oldestMs: open === 0 ? 0 : await oldestAge(bus, stream, stage, info.ack_floor.stream_seq),
    paused: info.paused ?? false,
  };
}

/** Everything up to the ack floor is done, so the first message after it is not. Read from the leader. */
async function oldestAge(bus: Bus, stream: string, stage: Stage, floor: number): Promise<number> {
  const times = await Promise.all(
    stage.filters.map(async (subject) => {
      // The client sends the query as it is but types only two of the three forms the server knows.
      const query: NextMsgRequest = { seq: floor + 1, next_by_subj: subject };
      const message = await bus.jsm.streams
        .getMessage(stream, query as unknown as MsgRequest)
        .catch((error) => {
          if (apiCode(error) === ApiCode.messageNotFound) return null;
          throw error;
        });
      return message?.time.getTime() ?? Number.POSITIVE_INFINITY;
    }),
  );
  const oldest = Math.min(...times);
  return Number.isFinite(oldest) ? Math.max(0, Date.now() - oldest) : 0;
}
