import { jetstreamManager, type StoredMsg } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { decodeBody } from "#shared/codec";
import { type TaskEvent, TaskEvents } from "#shared/messages";

/** A message of a diagram as the stream holds it. */
export interface Event {
  /** e.g. `diagram.segmented` */
  type: string;
  seq: number;
  /** When the stream stored it, ms since the epoch. */
  at: number;
  header(name: string): string;
  bytes: Uint8Array;
  // biome-ignore lint/suspicious/noExplicitAny: read as people read it, field by field
  body: any;
}

/** Every message of a stream that matches a filter, oldest first. */
async function messages(nc: NatsConnection, stream: string, filter: string): Promise<StoredMsg[]> {
  const { streams } = await jetstreamManager(nc, { checkAPI: false });
  const found: StoredMsg[] = [];
  for (let seq = 1; ; seq = found.at(-1)!.seq + 1) {
    // The type knows only the sequence; the server finds the next that matches.
    const query = { seq, next_by_subj: filter };
    const next = await streams.getMessage(stream, query);
    if (!next) return found;
    found.push(next);
  }
}

/** What happened to a diagram: all messages on `diagram.*.<uid>`, oldest first. */
export async function eventsOf(nc: NatsConnection, uid: string): Promise<Event[]> {
  return (await messages(nc, "DIAGRAM", `diagram.*.${uid}`)).map(toEvent);
}

/** Dead letters of a run, oldest first. */
export const deadOf = async (nc: NatsConnection, run: string): Promise<Event[]> =>
  (await messages(nc, "DEAD", `dead.diagram.*.${run}`)).map(toEvent);

/** Lifecycle events of all tasks, oldest first. */
export async function taskEvents(nc: NatsConnection): Promise<TaskEvent[]> {
  const batches = await messages(nc, "TASKS", "task.events.>");
  return batches
    .flatMap((message) => TaskEvents.parse(decodeBody(message.data)).events)
    .sort((a, b) => a.at - b.at);
}

function toEvent(message: StoredMsg): Event {
  let body: unknown;
  try {
    body = decodeBody(message.data);
  } catch {
    // A dead letter may hold anything.
  }
  return {
    type: message.subject.split(".").slice(0, 2).join("."),
    seq: message.seq,
    at: message.time.getTime(),
    header: (name) => message.header.get(name),
    bytes: message.data,
    body,
  };
}
