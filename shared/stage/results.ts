import {
  addressOf,
  type Bus,
  Header,
  LostRace,
  lastMessage,
  type PipelineMessage,
  publishRaw,
  type StoredAt,
  type StoredMessage,
  toRaw,
} from "#shared/bus";
import type { MessageSpec, Pipeline, Stage } from "#shared/pipeline";

/** A task's place in its pipeline. */
export interface TaskAddress {
  pipeline: Pipeline;
  stage: Stage;
  run: string;
  part?: string | undefined;
  generation: number;
}

/**
 * The result of a task that is in the stream already, by a leader read: the type of its result event, or null.
 * A failed event of this stage counts too: the task ended.
 */
export async function existingResult(bus: Bus, task: TaskAddress): Promise<string | null> {
  const { pipeline, stage, run, part, generation } = task;
  const exists = async (type: string, id: string) => {
    const last = await lastMessage(bus, pipeline.stream, `${type}.${id}`);
    return last !== null && last.generation >= generation;
  };
  for (const type of stage.gives) {
    const spec: MessageSpec = pipeline.messages[type]!;
    // A stage that feeds itself (pages of a source) gives that message under other ids only; parts and what there is
    // one of come together with the result.
    if (stage.takes.includes(type) || spec.single || (spec.part && part === undefined)) continue;
    if (await exists(type, spec.part ? `${run}.${part}` : run)) return type;
  }
  if (stage.lost && (await exists(stage.lost, `${run}.${part}`))) return stage.lost;
  return (await exists(pipeline.failed, run)) ? pipeline.failed : null;
}

/** The message that fired the join a part belongs to, by a leader read: its type, or null. */
export async function firedJoin(bus: Bus, task: TaskAddress): Promise<string | null> {
  const { pipeline, stage, run, generation } = task;
  for (const { join, gives } of Object.values<Stage>(pipeline.stages)) {
    if (!join || !stage.takes.includes(join.task)) continue;
    const last = await lastMessage(bus, pipeline.stream, `${gives[0]}.${run}`);
    if (last && last.generation >= generation) return gives[0]!;
  }
  return null;
}

/** A result may have cost half an hour: it waits for the server longer than a question would. */
export const RESULT_PATIENCE_MS = 300_000;

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
  const generation = message.generation ?? 0;
  const raw = toRaw(bus, pipeline, message);
  raw.expectLast = 0;
  if (generation > 0) {
    const last = await lastMessage(bus, pipeline.stream, addressOf(message).subject);
    if (last && last.generation >= generation) return already(last);
    raw.expectLast = last?.seq ?? 0;
  }
  try {
    return await publishRaw(bus, raw, message.patienceMs ?? RESULT_PATIENCE_MS);
  } catch (error) {
    if (!(error instanceof LostRace)) throw error;
    const last = await lastMessage(bus, pipeline.stream, addressOf(message).subject);
    return last ? already(last) : { seq: 0, duplicate: true };
  }
}
