import type { Msg, MsgHdrs } from "@nats-io/nats-core";
import type { Bus } from "#shared/bus";

const encode = (text: string) => new TextEncoder().encode(text);
const ACK = encode("+ACK");
const WORKING = encode("+WPI");

/** One delivery of a message by a pull consumer, and the ways to answer it. */
export interface Delivery {
  readonly subject: string;
  readonly headers: MsgHdrs | undefined;
  readonly data: Uint8Array;
  /** Stream sequence. */
  readonly seq: number;
  /** 1 for the first delivery. */
  readonly deliveries: number;
  /** When the stream stored it, ms since the epoch. */
  readonly storedAt: number;
  /** Resolves when the server has confirmed the ack. */
  ack(): Promise<void>;
  /** @param delayMs wait before redelivery; a bare nak would come back at once */
  nak(delayMs: number): void;
  /** Extends the lease by the consumer's ack wait. */
  working(): void;
  /** Never deliver again; the reason goes into the advisory. */
  term(reason: string): void;
}

/**
 * Reads the reply subject of a delivered message:
 * `$JS.ACK.<stream>.<consumer>.<deliveries>.<stream seq>.<consumer seq>.<ns>.<pending>`,
 * with domain and account hash after `$JS.ACK` where the server adds them (ADR-15).
 */
export function parseReply(reply: string): { deliveries: number; seq: number; storedAt: number } | null {
  const tokens = reply.split(".");
  if (tokens[0] !== "$JS" || tokens[1] !== "ACK" || tokens.length < 9) return null;
  const at = tokens.length >= 11 ? 6 : 4;
  const seq = Number(tokens[at + 1]);
  if (!Number.isSafeInteger(seq)) return null;
  return {
    deliveries: Number(tokens[at]),
    seq,
    // Nanoseconds do not fit a double; the last six digits are below our resolution.
    storedAt: Number(tokens[at + 3]!.slice(0, -6)),
  };
}

/** A delivery from a raw message; null for status messages. */
export function toDelivery({ nc, requests }: Bus, message: Msg): Delivery | null {
  const reply = message.reply ?? "";
  const meta = parseReply(reply);
  if (!meta) return null;
  return {
    subject: message.subject,
    headers: message.headers,
    data: message.data,
    ...meta,
    async ack() {
      await requests.request(reply, ACK, 10_000);
    },
    nak: (delayMs) =>
      nc.publish(reply, encode(`-NAK {"delay":${Math.max(1, Math.round(delayMs)) * 1_000_000}}`)),
    working: () => nc.publish(reply, WORKING),
    term: (reason) => nc.publish(reply, encode(`+TERM ${reason}`)),
  };
}
