import {
  addressOf,
  type Bus,
  Header,
  LostRace,
  lastMessage,
  type PipelineMessage,
  publishMessage,
  type StoredAt,
  type StoredMessage,
} from "#shared/bus";
import type { Pipeline, Stage } from "#shared/pipeline";

/** A task's place in its pipeline. */
export interface TaskAddress {
  pipeline: Pipeline;
  stage: Stage;
  run: string;
  generation: number;
}

/**
 * The result of a task that is in the stream already, by a leader read: the type of its result event, or null.
 * A failed event of this stage counts too: the task ended.
 */
export async function existingResult(bus: Bus, task: TaskAddress): Promise<string | null> {
  const { pipeline, stage, run, generation } = task;
  for (const type of stage.gives) {
    // A stage that feeds itself (pages of a source) gives that message under other ids only.
    if (stage.takes.includes(type)) continue;
    const last = await lastMessage(bus, pipeline.stream, `${type}.${run}`);
    if (last && last.generation >= generation) return type;
  }
  const failed = await lastMessage(bus, pipeline.stream, `${pipeline.failed}.${run}`);
  return failed && failed.generation >= generation ? pipeline.failed : null;
}

/** A result may have cost half an hour: it waits for the server longer than a question would. */
const RESULT_PATIENCE_MS = 300_000;

/** A stored result and, when it was there before, which message led to it. */
export interface Published extends StoredAt {
  cause?: number;
}

function already(last: StoredMessage): Published {
  const cause = Number(last.headers.get(Header.cause));
  return { seq: last.seq, duplicate: true, ...(cause > 0 ? { cause } : {}) };
}

/**
 * Publishes a message that may exist once per run and generation. Somebody who was first, this process included (a
 * PubAck that got lost), makes it `duplicate`.
 */
export async function publishOnce(
  bus: Bus,
  pipeline: Pipeline,
  message: PipelineMessage,
): Promise<Published> {
  const { subject, messageId } = addressOf(message);
  const generation = message.generation ?? 0;
  let expectLast = 0;
  if (generation > 0) {
    const last = await lastMessage(bus, pipeline.stream, subject);
    if (last && last.generation >= generation) return already(last);
    expectLast = last?.seq ?? 0;
  }
  try {
    const patienceMs = RESULT_PATIENCE_MS;
    return await publishMessage(bus, pipeline, { patienceMs, ...message, messageId, expectLast });
  } catch (error) {
    if (!(error instanceof LostRace)) throw error;
    const last = await lastMessage(bus, pipeline.stream, subject);
    return last ? already(last) : { seq: 0, duplicate: true };
  }
}
