import type { MsgHdrs } from "@nats-io/nats-core";
import { type Bus, DeadHeader, generationOf, Header, messageAt, type StoredMessage } from "#shared/bus";
import { decodeBody } from "#shared/codec";
import { Refusal } from "../refusal.ts";
import { scan } from "../scan.ts";

/** Stream of the dead letters. */
export const DEAD_STREAM = "DEAD";

/** A message nobody could handle, and its story. */
export interface DeadLetter {
  /** Sequence in stream DEAD: its name for every operation. */
  seq: number;
  pipeline: string;
  stage: string;
  run: string;
  code: string;
  /** `EXHAUSTED`, `POISON` or `WORKER_LOST`. */
  reason: string;
  message: string;
  stack?: string;
  /** Where it was published. */
  subject: string;
  stream: string;
  sequence: number;
  deliveries: number;
  worker?: string;
  generation: number;
  /** Ms since the epoch. */
  at: number;
}

/** A dead letter with its bytes. */
export interface OpenedDeadLetter extends DeadLetter {
  headers: Record<string, string>;
  bytes: Uint8Array;
  /** The decoded body; absent when the bytes do not decode. */
  body?: unknown;
}

/** Which dead letters are meant; absent fields match all. */
export interface DeadFilter {
  pipeline?: string;
  stage?: string;
  run?: string;
  code?: string;
  reason?: string;
}

const token = (value: string | undefined) => (value && /^[A-Za-z0-9_-]+$/.test(value) ? value : "*");

/** Dead letters that match, oldest first. @param options.after sequence to continue behind */
export async function listDead(
  bus: Bus,
  filter: DeadFilter = {},
  options: { after?: number; limit?: number } = {},
): Promise<DeadLetter[]> {
  const limit = options.limit ?? 1_000;
  const found: DeadLetter[] = [];
  const subject = `dead.${token(filter.pipeline)}.${token(filter.stage)}.${token(filter.run)}`;
  for await (const message of scan(bus, DEAD_STREAM, {
    filters: [subject],
    fromSeq: (options.after ?? 0) + 1,
    headersOnly: true,
  })) {
    const letter = toLetter(message.seq, message.subject, message.headers, message.time);
    if (!matches(letter, filter)) continue;
    found.push(letter);
    if (found.length >= limit) break;
  }
  return found;
}

/** True when a run has a dead letter. */
export async function hasDeadLetter(bus: Bus, pipeline: string, run: string): Promise<boolean> {
  const { state } = await bus.jsm.streams.info(DEAD_STREAM, { subjects_filter: `dead.${pipeline}.*.${run}` });
  return Object.keys(state.subjects ?? {}).length > 0;
}

/**
 * One dead letter with its bytes and headers.
 * @throws Refusal `DEAD_LETTER_NOT_FOUND`
 */
export async function showDead(bus: Bus, seq: number): Promise<OpenedDeadLetter> {
  const { message, letter } = await loadDead(bus, seq);
  const headers: Record<string, string> = {};
  for (const [name, values] of message.headers ?? []) headers[name] = values.join(", ");
  let body: unknown;
  try {
    body = decodeBody(message.data, message.headers?.get(Header.contentType) || undefined);
  } catch {
    // Undecodable bytes are a reason to be here; the reader gets them raw.
  }
  return { ...letter, headers, bytes: message.data, ...(body === undefined ? {} : { body }) };
}

/** The stored message and the letter it is. @throws Refusal `DEAD_LETTER_NOT_FOUND` */
export async function loadDead(
  bus: Bus,
  seq: number,
): Promise<{ message: StoredMessage; letter: DeadLetter }> {
  const message = Number.isSafeInteger(seq) && seq > 0 ? await messageAt(bus, DEAD_STREAM, seq) : null;
  if (!message) throw new Refusal("missing", "DEAD_LETTER_NOT_FOUND", `there is no dead letter ${seq}`);
  return { message, letter: toLetter(message.seq, message.subject, message.headers, message.time) };
}

function matches(letter: DeadLetter, filter: DeadFilter): boolean {
  return (Object.keys(filter) as (keyof DeadFilter)[]).every(
    (key) => filter[key] === undefined || filter[key] === letter[key],
  );
}

function toLetter(
  seq: number,
  subject: string,
  headers: MsgHdrs | undefined,
  time: Date | string,
): DeadLetter {
  const [, pipeline = "", stage = "", run = ""] = subject.split(".");
  const text = (name: string) => headers?.get(name) ?? "";
  const letter: DeadLetter = {
    seq,
    pipeline,
    stage: text(DeadHeader.stage) || stage,
    run,
    code: text(DeadHeader.code),
    reason: text(DeadHeader.reason),
    message: text(DeadHeader.message),
    subject: text(DeadHeader.subject),
    stream: text(DeadHeader.stream),
    sequence: Number(text(DeadHeader.sequence)) || 0,
    deliveries: Number(text(DeadHeader.deliveries)) || 0,
    generation: generationOf(headers),
    at: new Date(time).getTime(),
  };
  if (text(DeadHeader.worker)) letter.worker = text(DeadHeader.worker);
  if (text(DeadHeader.stack)) letter.stack = text(DeadHeader.stack);
  return letter;
}
