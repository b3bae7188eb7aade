import type { ConsumerInfo, MsgRequest, NextMsgRequest } from "@nats-io/jetstream";
import { ApiCode, apiCode, type Bus } from "#shared/bus";
import { PIPELINES, type Stage } from "#shared/pipeline";
import { Refusal } from "./refusal.ts";

/** The work in front of one stage, as its consumer sees it. */
export interface StageQueue {
  stage: string;
  pipeline: string;
  queue: string;
  /** Stored and not yet handed to a worker. */
  pending: number;
  /** With a worker, or waiting out a retry delay. */
  inFlight: number;
  redelivered: number;
  /** Age of the oldest message nobody has yet, in ms; null when there is none. */
  oldestMs: number | null;
  paused: boolean;
  /** Worker processes that wait for work right now. */
  pulls: number;
}

/** All stages of all declared pipelines. */
export function allStages(): Stage[] {
  return PIPELINES.flatMap((pipeline) => Object.values(pipeline.stages));
}

/** The stream a stage's messages lie in. */
export function streamOf(stage: Stage): string {
  const pipeline = PIPELINES.find((each) => each.name === stage.pipeline);
  if (!pipeline) throw new Error(`stage ${stage.name} belongs to no declared pipeline`);
  return pipeline.stream;
}

/**
 * Stages meant by a stage's or a queue's name.
 * @throws Refusal `QUEUE_UNKNOWN`
 */
export function stagesNamed(name: string): Stage[] {
  const stages = allStages().filter((stage) => stage.name === name || stage.queue === name);
  if (stages.length > 0) return stages;
  const names = [...new Set(allStages().flatMap((stage) => [stage.queue, stage.name]))];
  throw new Refusal(
    "missing",
    "QUEUE_UNKNOWN",
    `"${name.slice(0, 60)}" is neither a queue nor a stage; there are ${names.sort().join(", ")}`,
  );
}

/** What waits in front of every stage. */
export async function listQueues(bus: Bus): Promise<StageQueue[]> {
  return Promise.all(allStages().map((stage) => readQueue(bus, stage)));
}

/** What waits in front of one stage; nothing when its consumer does not exist yet. */
export async function readQueue(bus: Bus, stage: Stage): Promise<StageQueue> {
  const empty = { stage: stage.name, pipeline: stage.pipeline, queue: stage.queue };
  try {
    const info = await bus.jsm.consumers.info(streamOf(stage), stage.name);
    return {
      ...empty,
      pending: info.num_pending,
      inFlight: info.num_ack_pending,
      redelivered: info.num_redelivered,
      oldestMs: info.num_pending > 0 ? await oldestAge(bus, stage, info) : null,
      paused: info.paused ?? false,
      pulls: info.num_waiting,
    };
  } catch (error) {
    if (apiCode(error) !== ApiCode.consumerNotFound) throw error;
    return { ...empty, pending: 0, inFlight: 0, redelivered: 0, oldestMs: null, paused: false, pulls: 0 };
  }
}

async function oldestAge(bus: Bus, stage: Stage, info: ConsumerInfo): Promise<number | null> {
  const times = await Promise.all(
    stage.filters.map(async (subject) => {
      // The client sends the query as it is but types only two of the three forms the server knows.
      const query: NextMsgRequest = { seq: info.delivered.stream_seq + 1, next_by_subj: subject };
      const message = await bus.jsm.streams.getMessage(streamOf(stage), query as unknown as MsgRequest);
      return message?.time.getTime() ?? Number.POSITIVE_INFINITY;
    }),
  );
  const oldest = Math.min(...times);
  return Number.isFinite(oldest) ? Math.max(0, Date.now() - oldest) : null;
}
