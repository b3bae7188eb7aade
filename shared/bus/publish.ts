import { type ApiError, JetStreamApiError } from "@nats-io/jetstream";
import type { MsgHdrs } from "@nats-io/nats-core";
import { encodeBody } from "#shared/codec";
import type { Pipeline } from "#shared/pipeline";
import type { Bus } from "./connect.ts";
import { ApiCode, apiCode, isTooLarge, publishFailure } from "./errors.ts";
import { Header, type HeaderName, type HeaderValues, setHeader, toHeaders } from "./headers.ts";
import { messageLimit } from "./message-limit.ts";

/** How long a publish is tried: longer than a leader election (about 5 s) or a server restart. */
export const PUBLISH_PATIENCE_MS = 20_000;

export interface StoredAt {
  seq: number;
  /** True when the stream had this message id already. */
  duplicate: boolean;
}

export interface RawMessage {
  subject: string;
  bytes: Uint8Array;
  headers: HeaderValues;
  messageId: string;
  /** Sequence the subject's last message must have; 0 for none. */
  expectLast?: number;
  /** Subjects `expectLast` is about, with wildcards. @default the message's own */
  expectOn?: string;
}

interface PubAck {
  seq: number;
  duplicate?: boolean;
  error?: ApiError;
}

/** Headers of a message with those the server obeys. */
export function publishHeaders(message: RawMessage, more: HeaderValues = {}): MsgHdrs {
  const headers = toHeaders(message.headers, more);
  setHeader(headers, Header.msgId, message.messageId);
  setHeader(headers, Header.expectedLastSubjectSeq, message.expectLast);
  setHeader(headers, Header.expectedLastSubject, message.expectOn);
  return headers;
}

/**
 * Stores a message and waits for the PubAck, retrying with the same message id while the server is away.
 * @throws LostRace when `expectLast` does not hold; RetryableError `BUS_UNREACHABLE` or `BUS_REFUSED` (stream full);
 * PermanentError `MESSAGE_TOO_LARGE`
 */
export async function publishRaw(
  bus: Bus,
  message: RawMessage,
  patienceMs = PUBLISH_PATIENCE_MS,
): Promise<StoredAt> {
  const headers = publishHeaders(message);
  const deadline = Date.now() + patienceMs;
  for (let attempt = 0; ; attempt++) {
    try {
      const answer = await bus.requests.request(message.subject, message.bytes, 5_000, headers);
      const ack = answer.json<PubAck>();
      if (ack.error) throw new JetStreamApiError(ack.error);
      return { seq: ack.seq, duplicate: ack.duplicate === true };
    } catch (error) {
      // The server answered: asking again changes nothing, unless JetStream is still starting. A full stream is told to
      // whoever submits, and waited for by a result that was dear to make.
      const full = apiCode(error) === ApiCode.storeFull && patienceMs <= PUBLISH_PATIENCE_MS;
      const final = full || isTooLarge(error) || (error instanceof JetStreamApiError && error.status < 500);
      if (final || bus.nc.isClosed() || Date.now() >= deadline)
        throw publishFailure(error, message.subject, {
          message: message.bytes.byteLength,
          limit: messageLimit(bus.nc.info?.max_payload),
        });
      await new Promise((resolve) => setTimeout(resolve, Math.min(1_000, 50 * 2 ** attempt)));
    }
  }
}

export interface PipelineMessage {
  type: string;
  /** Id of the run: the subject is `<type>.<id>`. */
  id: string;
  /** Part of the run: the subject is `<type>.<id>.<part>`. */
  part?: string;
  body: unknown;
  /** @default 0 */
  generation?: number;
  /** Stream sequence of the message that led to this one. */
  cause?: number;
  /** Sequence the subject's last message must have; leave out to accept any. */
  expectLast?: number;
  /** Subjects `expectLast` is about, with wildcards. @default the message's own */
  expectOn?: string;
  traceparent?: string;
  /** How long to go on trying while the server is away, in ms. @default 20000 */
  patienceMs?: number;
  /** @default `<type>.<id>.g<generation>` */
  messageId?: string;
}

/** Subject and id of a message: both follow from type, run, part and generation alone, so repeating is harmless. */
export function addressOf(
  message: Pick<PipelineMessage, "type" | "id" | "part" | "generation" | "messageId">,
) {
  const subject = `${message.type}.${message.id}${message.part === undefined ? "" : `.${message.part}`}`;
  return { subject, messageId: message.messageId ?? `${subject}.g${message.generation ?? 0}` };
}

/**
 * Publishes one message of a pipeline with readable headers and a deterministic id.
 * @throws as {@link publishRaw}; Error when the pipeline does not declare the type
 */
export async function publishMessage(
  bus: Bus,
  pipeline: Pipeline,
  message: PipelineMessage,
): Promise<StoredAt> {
  return publishRaw(bus, toRaw(bus, pipeline, message), message.patienceMs);
}

/**
 * A message of a pipeline as it goes to the server.
 * @throws Error when the pipeline does not declare the type
 */
export function toRaw(bus: Bus, pipeline: Pipeline, message: PipelineMessage): RawMessage {
  const spec = pipeline.messages[message.type];
  if (!spec) throw new Error(`pipeline ${pipeline.name} has no message ${message.type}`);
  const { bytes, contentType } = encodeBody(message.body, bus.codec);
  const { subject, messageId } = addressOf(message);
  const raw: RawMessage = {
    // What there is one of for the whole pipeline has the run in its id and headers only.
    subject: spec.single ? message.type : subject,
    bytes,
    messageId,
    headers: pipelineHeaders(message, messageId, contentType),
  };
  if (message.expectLast !== undefined) raw.expectLast = message.expectLast;
  if (message.expectOn !== undefined) raw.expectOn = message.expectOn;
  return raw;
}

/** Names as in {@link Header}, spelled out: an object of computed names costs more than all else about a message. */
function pipelineHeaders(message: PipelineMessage, messageId: string, contentType: string): HeaderValues {
  return {
    "Content-Type": contentType,
    "Penstock-Id": messageId,
    "Penstock-Run": message.id,
    "Penstock-Part": message.part,
    "Penstock-Cause": message.cause,
    "Penstock-Generation": message.generation || undefined,
    traceparent: message.traceparent,
  } satisfies Partial<Record<HeaderName, string | number | undefined>>;
}
