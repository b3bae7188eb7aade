import { type Bus, Header, LostRace, lastMessage, type RawMessage } from "#shared/bus";
import { encodeBody, validate } from "#shared/codec";
import { type Actor, audit, signed } from "../audit.ts";
import { pipelineOfSubject } from "../pipelines.ts";
import { Refusal } from "../refusal.ts";
import { publishInTurn } from "../retrain/publish-in-turn.ts";
import { DEAD_STREAM, type DeadFilter, listDead, loadDead } from "./read.ts";

export interface Redriven {
  /** Sequence the letter had in stream DEAD. */
  letter: number;
  subject: string;
  /** Stream sequence of the new message. */
  seq: number;
  generation: number;
}

/**
 * Sends a dead letter again to where it came from, as the next generation of its run, and takes it off the pile. An
 * edited body is checked against the message's schema first.
 * @throws Refusal `DEAD_LETTER_NOT_FOUND`, `NO_ORIGIN`, `RUN_ALREADY_GOING`; PoisonError `INVALID_MESSAGE` (edited body)
 */
export async function redrive(bus: Bus, seq: number, options: Actor & { body?: unknown }): Promise<Redriven> {
  const { message, letter } = await loadDead(bus, seq);
  const origin = pipelineOfSubject(letter.subject);
  if (!origin)
    throw new Refusal(
      "conflict",
      "NO_ORIGIN",
      `dead letter ${seq} came from "${letter.subject}", which no declared pipeline takes`,
    );
  const { pipeline, type } = origin;
  const schema = pipeline.messages[type]?.schema;
  const edited = options.body === undefined || !schema ? undefined : validate(schema, options.body, type);
  // What came on the bare subject has its id by now.
  const subject = letter.subject === type ? `${type}.${letter.run}` : letter.subject;
  const previous = await lastMessage(bus, pipeline.stream, subject);
  const generation = Math.max(previous?.generation ?? 0, letter.generation) + 1;
  const encoded = edited === undefined ? undefined : encodeBody(edited, bus.codec);
  const messageId = `${subject}.g${generation}.redrive-${seq}`;
  const again: RawMessage = {
    subject,
    bytes: encoded?.bytes ?? message.data,
    headers: {
      ...(encoded || message.headers.get(Header.contentType)
        ? { [Header.contentType]: encoded?.contentType ?? message.headers.get(Header.contentType) }
        : {}),
      [Header.id]: messageId,
      [Header.run]: message.headers.get(Header.run) || letter.run || undefined,
      [Header.cause]: letter.sequence || undefined,
      [Header.generation]: generation,
      [Header.traceparent]: message.headers.get(Header.traceparent) || undefined,
    },
    messageId,
    expectLast: previous?.seq ?? 0,
  };
  try {
    const stored = await publishInTurn(bus, pipeline, again, { run: letter.run, type, generation });
    await bus.jsm.streams.deleteMessage(DEAD_STREAM, seq);
    const target = `${letter.stage}.${letter.run}`;
    const details = { letter: seq, ...(edited === undefined ? {} : { body: edited }) };
    await audit(bus, { action: "redrive", target, ...signed(options), details });
    return { letter: seq, subject, seq: stored.seq, generation };
  } catch (error) {
    if (error instanceof LostRace)
      throw new Refusal("conflict", "STILL_RUNNING", `${subject} was sent again by somebody else just now`);
    throw error;
  }
}

/** Sends every dead letter that matches again; those that cannot be are reported, not thrown. */
export async function redriveAll(
  bus: Bus,
  filter: DeadFilter,
  options: Actor,
): Promise<{ redriven: Redriven[]; refused: { letter: number; code: string; message: string }[] }> {
  const redriven: Redriven[] = [];
  const refused: { letter: number; code: string; message: string }[] = [];
  for (const letter of await listDead(bus, filter, { limit: 100_000 })) {
    try {
      redriven.push(await redrive(bus, letter.seq, options));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.push({ letter: letter.seq, code: error.code, message: error.message });
    }
  }
  return { redriven, refused };
}
