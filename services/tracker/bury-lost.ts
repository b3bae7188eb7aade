import { type Bus, DeadHeader, lastMessage, messageAt } from "#shared/bus";
import { decodeBody } from "#shared/codec";
import { taskId } from "#shared/history";
import { Uid } from "#shared/messages";
import type { Pipeline } from "#shared/pipeline";
import { buryMessage, existingResult, publishOnce } from "#shared/stage";
import type { Advisory } from "./reconcile-advisories.ts";
import { runOf } from "./run-of.ts";

/**
 * The second net: a message that JetStream gave up on although no worker could bury it becomes a dead letter `WORKER_LOST`,
 * and its run ends in error. Does nothing when the stage's result is stored; doing it twice changes nothing.
 * @returns id of the task that was buried, or null
 */
export async function buryLost(
  bus: Bus,
  pipelines: readonly Pipeline[],
  advisory: Advisory,
): Promise<string | null> {
  const pipeline = pipelines.find(({ stream }) => stream === advisory.stream);
  const stage = pipeline?.stages[advisory.consumer];
  if (!pipeline || !stage) return null;
  const message = await messageAt(bus, pipeline.stream, advisory.stream_seq);
  if (!message) return null;
  const at = message.time.getTime();
  const body = readable(message.data, message.headers.get("Content-Type"));
  const found = runOf(pipeline, { subject: message.subject, seq: message.seq, at }, body);
  if (!found) return null;
  const { run, part } = found;
  const { generation } = message;
  if (await existingResult(bus, { pipeline, stage, run, part, generation })) return null;
  const failure = {
    kind: "retryable" as const,
    name: "WorkerLost",
    code: "WORKER_LOST",
    message: `no worker finished the task in ${advisory.deliveries} deliveries: each died or lost its lease`,
  };
  const letter = await lastMessage(bus, "DEAD", `dead.${pipeline.name}.${stage.name}.${run}`);
  if (Number(letter?.headers.get(DeadHeader.sequence)) !== message.seq)
    await buryMessage(
      bus,
      { ...message, deliveries: advisory.deliveries },
      { stage, stream: pipeline.stream, run, reason: "WORKER_LOST", failure, worker: "tracker" },
    );
  const lost = stage.lost !== undefined && part !== undefined ? { type: stage.lost, part } : undefined;
  if (Uid.safeParse(run).success)
    await publishOnce(bus, pipeline, {
      ...(lost ?? { type: pipeline.failed }),
      id: run,
      generation,
      cause: message.seq,
      body: {
        uid: run,
        ...(lost ? { part } : typeof body?.name === "string" ? { name: body.name } : {}),
        error_stage: stage.name,
        error_code: failure.code,
        error_message: failure.message,
      },
    });
  return taskId(stage.name, run, generation, part);
}

function readable(data: Uint8Array, contentType: string): Record<string, unknown> | null {
  try {
    return decodeBody(data, contentType || undefined) as Record<string, unknown>;
  } catch {
    return null;
  }
}
