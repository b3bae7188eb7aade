import type { StoredMsg } from "@nats-io/jetstream";
import type { MsgHdrs } from "@nats-io/nats-core";
import type { Bus } from "./connect.ts";
import { ApiCode, apiCode } from "./errors.ts";
import { generationOf } from "./headers.ts";

/** A message as the stream holds it. */
export interface StoredMessage {
  seq: number;
  subject: string;
  headers: MsgHdrs;
  data: Uint8Array;
  time: Date;
  generation: number;
}

function stored(message: StoredMsg): StoredMessage {
  return {
    seq: message.seq,
    subject: message.subject,
    headers: message.header,
    data: message.data,
    time: message.time,
    generation: generationOf(message.header),
  };
}

/** Reads from the stream's leader, never a replica: direct gets may be stale, and this decides what runs. */
async function get(bus: Bus, stream: string, query: { last_by_subj: string } | { seq: number }) {
  try {
    const message = await bus.jsm.streams.getMessage(stream, query);
    return message ? stored(message) : null;
  } catch (error) {
    if (apiCode(error) === ApiCode.messageNotFound) return null;
    throw error;
  }
}

/** Last message on a subject, or null. */
export const lastMessage = (bus: Bus, stream: string, subject: string): Promise<StoredMessage | null> =>
  get(bus, stream, { last_by_subj: subject });

/** The message with a sequence, or null. */
export const messageAt = (bus: Bus, stream: string, seq: number): Promise<StoredMessage | null> =>
  get(bus, stream, { seq });
