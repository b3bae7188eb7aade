import type { Bus, StoredMessage } from "#shared/bus";
import { Header, lastMessage } from "#shared/bus";
import { decodeBody } from "#shared/codec";
import type { MessageSpec, Pipeline } from "#shared/pipeline";
import { checkUid } from "./check-uid.ts";
import { Refusal } from "./refusal.ts";

/** One message of a run, as the stream's leader holds it. */
export interface RunEvent extends StoredMessage {
  /** e.g. `diagram.segmented`. */
  type: string;
  spec: MessageSpec;
  /** Decodes the body. @throws PoisonError */
  body(): Record<string, unknown>;
}

/** Where a run stands, read from the stream and not from any projection of it. */
export interface RunNow {
  pipeline: Pipeline;
  uid: string;
  /** The last message of each type, oldest first. */
  events: RunEvent[];
  /** The message that made the present state. */
  last: RunEvent;
  /** Highest generation seen. */
  generation: number;
}

/**
 * Reads the present state of a run from the stream's leader: last message of each of its subjects.
 * @throws Refusal `BAD_UID`, `RUN_NOT_FOUND`
 */
export async function readRun(bus: Bus, pipeline: Pipeline, uid: string): Promise<RunNow> {
  checkUid(uid);
  const { state } = await bus.jsm.streams.info(pipeline.stream, {
    subjects_filter: `${pipeline.name}.*.${uid}`,
  });
  const found = await Promise.all(
    Object.keys(state.subjects ?? {}).map((subject) => readEvent(bus, pipeline, uid, subject)),
  );
  const events = found.filter((event) => event !== null).sort((a, b) => a.seq - b.seq);
  const last = events.at(-1);
  if (!last) throw new Refusal("missing", "RUN_NOT_FOUND", `there is no ${pipeline.name} "${uid}"`);
  return { pipeline, uid, events, last, generation: Math.max(...events.map((event) => event.generation)) };
}

/** The last message of a type, or undefined. */
export function eventOf(run: RunNow, type: string): RunEvent | undefined {
  return run.events.find((event) => event.type === type);
}

async function readEvent(
  bus: Bus,
  pipeline: Pipeline,
  uid: string,
  subject: string,
): Promise<RunEvent | null> {
  const type = subject.slice(0, -(uid.length + 1));
  const spec = pipeline.messages[type];
  // A deadline that comes says nothing about where the run stands.
  if (!spec || spec.timer) return null;
  const message = await lastMessage(bus, pipeline.stream, subject);
  return message ? toRunEvent(pipeline, type, message) : null;
}

/** A stored message as an event of its run. */
export function toRunEvent(pipeline: Pipeline, type: string, message: StoredMessage): RunEvent {
  const spec = pipeline.messages[type] as MessageSpec;
  const body = () =>
    decodeBody(message.data, message.headers.get(Header.contentType) || undefined) as Record<string, unknown>;
  return { ...message, type, spec, body };
}
