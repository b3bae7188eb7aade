import type { MsgHdrs } from "@nats-io/nats-core";
import { DeadHeader, Header } from "#shared/bus";
import { decodeBody } from "#shared/codec";
import { TaskEvents, WorkerBeat } from "#shared/messages";
import { countDead } from "../counts/count-dead.ts";
import { countEvent } from "../counts/count-event.ts";
import { countSent } from "../counts/count-sent.ts";
import type { Counts } from "../counts/counts.ts";
import { hostLabel, sawHost } from "../counts/hosts.ts";
import type { Names } from "../counts/names.ts";

/** What is needed of a delivered message. */
export interface Incoming {
  subject: string;
  headers?: MsgHdrs | undefined;
  data: Uint8Array;
  /** When the stream stored it, ns. */
  timestampNanos: bigint;
}

/** Counts one message of a stream. Never throws: what cannot be read only takes its place. */
export function countMessage(
  counts: Counts,
  names: Names,
  stream: string,
  message: Incoming,
  onBeat: (beat: WorkerBeat, storedAt: number) => void,
): void {
  if (stream === "TASKS") countTasks(counts, names, message, onBeat);
  else if (stream === "DEAD")
    countDead(counts, names, {
      subject: message.subject,
      code: message.headers?.get(DeadHeader.code) ?? "",
      worker: message.headers?.get(DeadHeader.worker) ?? "",
    });
  else countSent(counts, names, message.subject);
}

function countTasks(
  counts: Counts,
  names: Names,
  message: Incoming,
  onBeat: (beat: WorkerBeat, storedAt: number) => void,
): void {
  const storedAt = Number(message.timestampNanos / 1_000_000n);
  counts.lastEventAt = Math.max(counts.lastEventAt, storedAt);
  if (message.subject.startsWith("task.worker.")) {
    const beat = WorkerBeat.safeParse(bodyOf(message)).data;
    if (!beat) return;
    sawHost(counts, hostLabel(beat.host));
    onBeat(beat, storedAt);
  } else if (message.subject.startsWith("task.events.")) {
    const batch = TaskEvents.safeParse(bodyOf(message)).data;
    if (!batch) return;
    const host = hostLabel(batch.host);
    for (const event of batch.events) countEvent(counts, names, host, event);
    sawHost(counts, host);
  }
}

function bodyOf({ data, headers }: Incoming): unknown {
  try {
    return decodeBody(data, headers?.get(Header.contentType) || undefined);
  } catch {
    return null;
  }
}
