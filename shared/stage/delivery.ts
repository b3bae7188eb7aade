import type { Msg, MsgHdrs } from "@nats-io/nats-core";
import type { Bus } from "#shared/bus";

const encode = (text: string) => new TextEncoder().encode(text);
const ACK = encode("+ACK");
const WORKING = encode("+WPI");
const ACK_TIMEOUT_MS = 10_000;

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

type DeliveryMeta = Pick<Delivery, "deliveries" | "seq" | "storedAt">;

/**
 * Reads the reply subject of a delivered message:
 * `$JS.ACK.<stream>.<consumer>.<deliveries>.<stream seq>.<consumer seq>.<ns>.<pending>`,
 * with domain and account hash after `$JS.ACK` where the server adds them (ADR-15).
 */
export function parseReply(reply: string): DeliveryMeta | null {
  if (!reply.startsWith("$JS.ACK.")) return null;
  const tokens = reply.split(".");
  if (tokens.length < 9) return null;
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
export function toDelivery(bus: Bus, message: Msg): Delivery | null {
  const meta = parseReply(message.reply ?? "");
  return meta && new PulledDelivery(bus, message, meta);
}

/** Answers go to the reply subject. */
class PulledDelivery implements Delivery {
  readonly subject: string;
  readonly data: Uint8Array;
  readonly seq: number;
  readonly deliveries: number;
  readonly storedAt: number;
  readonly #bus: Bus;
  readonly #message: Msg;

  constructor(bus: Bus, message: Msg, { seq, deliveries, storedAt }: DeliveryMeta) {
    this.#bus = bus;
    this.#message = message;
    this.subject = message.subject;
    this.data = message.data;
    this.seq = seq;
    this.deliveries = deliveries;
    this.storedAt = storedAt;
  }

  get headers(): MsgHdrs | undefined {
    return this.#message.headers;
  }

  async ack(): Promise<void> {
    await this.#bus.requests.request(this.#message.reply!, ACK, ACK_TIMEOUT_MS);
  }

  nak(delayMs: number): void {
    const nanos = Math.max(1, Math.round(delayMs)) * 1_000_000;
    this.#answer(encode(`-NAK {"delay":${nanos}}`));
  }

  working(): void {
    this.#answer(WORKING);
  }

  term(reason: string): void {
    this.#answer(encode(`+TERM ${reason}`));
  }

  #answer(bytes: Uint8Array): void {
    this.#bus.nc.publish(this.#message.reply!, bytes);
  }
}
