import { createInbox, type Msg, nanos, type Subscription } from "@nats-io/nats-core";
import type { Bus } from "#shared/bus";
import { type Delivery, toDelivery } from "./delivery.ts";

/** A pull request lives this long; short, so that a resumed consumer or a new leader is noticed soon. */
const EXPIRES_MS = 5_000;
const HEARTBEAT_MS = 1_000;
/** Silence after which a pull request is taken for lost. */
const LOST_AFTER_MS = 2.5 * HEARTBEAT_MS;
const RETRY_MS = 250;

interface Pull {
  left: number;
  heardAt: number;
}

export interface PullerOptions {
  bus: Bus;
  stream: string;
  consumer: string;
  /** How many more messages may be in hand right now. */
  free: () => number;
  onDelivery: (delivery: Delivery) => void;
  /** The server says why nothing comes (consumer deleted, leadership change, …). */
  onTrouble?: (description: string) => void;
}

/**
 * Pulls exactly as many messages as there are free slots, so that none waits inside a client. Requests overlap: one is
 * always open while a slot is free, and slots that come free together share the next. Own code instead of the client's
 * `consume()`, which refills by thresholds of a buffer and so holds messages that another replica could run.
 */
export class Puller {
  readonly #options: PullerOptions;
  readonly #inbox: string;
  readonly #subject: string;
  readonly #pulls = new Map<string, Pull>();
  #subscription: Subscription | undefined;
  #timer: NodeJS.Timeout | undefined;
  #scheduled = false;
  /** When anything was delivered last: all open requests are alive then. */
  #deliveredAt = 0;
  #next = 0;
  #quietUntil = 0;
  #running = false;

  constructor(options: PullerOptions) {
    this.#options = options;
    this.#inbox = createInbox(options.bus.inboxPrefix);
    this.#subject = `$JS.API.CONSUMER.MSG.NEXT.${options.stream}.${options.consumer}`;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#subscription = this.#options.bus.nc.subscribe(`${this.#inbox}.*`, {
      callback: (error, message) => {
        if (!error) this.#receive(message);
      },
    });
    this.#timer = setInterval(() => this.#check(), HEARTBEAT_MS);
    this.poke();
  }

  /** Stops pulling. Resolves when the server knows; what it had sent before has arrived by then. */
  async stop(): Promise<void> {
    this.#running = false;
    clearInterval(this.#timer);
    this.#pulls.clear();
    await this.#subscription?.drain().catch(() => {});
  }

  /** Slots may have come free; requests are gathered until the end of the turn, where they leave together with its acks. */
  poke(): void {
    if (this.#scheduled || !this.#running) return;
    this.#scheduled = true;
    process.nextTick(this.#pullGathered);
  }

  readonly #pullGathered = (): void => {
    this.#scheduled = false;
    this.#pull();
  };

  /** Forgets open requests, e.g. after a reconnect: the server has forgotten them too. */
  reset(): void {
    this.#pulls.clear();
    this.#quietUntil = 0;
    this.poke();
  }

  #pull(): void {
    if (!this.#running || Date.now() < this.#quietUntil) return;
    let open = 0;
    for (const pull of this.#pulls.values()) open += pull.left;
    const free = this.#options.free();
    const want = free - open;
    if (want <= 0 || (open > 0 && want < free / 4)) return;
    const id = String(this.#next++);
    this.#pulls.set(id, { left: want, heardAt: Date.now() });
    const request = { batch: want, expires: nanos(EXPIRES_MS), idle_heartbeat: nanos(HEARTBEAT_MS) };
    try {
      this.#options.bus.nc.publish(this.#subject, JSON.stringify(request), { reply: `${this.#inbox}.${id}` });
    } catch {
      this.#pulls.delete(id);
    }
  }

  #receive(message: Msg): void {
    const delivery = toDelivery(this.#options.bus, message);
    if (delivery) {
      this.#deliver(delivery);
      return;
    }
    const id = message.subject.startsWith(this.#inbox)
      ? message.subject.slice(this.#inbox.length + 1)
      : undefined;
    const pull = id === undefined ? undefined : this.#pulls.get(id);
    const code = message.headers?.code ?? 0;
    if (code === 100) {
      if (pull) pull.heardAt = Date.now();
      return;
    }
    if (id !== undefined) this.#pulls.delete(id);
    const description = message.headers?.description ?? "";
    // The request ran its course: it expired, found nothing, or has had all it asked for.
    if (code === 408 || code === 404 || /batch completed/i.test(description)) {
      this.poke();
      return;
    }
    this.#quietUntil = Date.now() + RETRY_MS;
    this.#options.onTrouble?.(`${code} ${description}`);
    setTimeout(() => this.poke(), RETRY_MS + 1);
  }

  #deliver(delivery: Delivery): void {
    // Deliveries arrive on their own subject, so they are counted against the oldest open request.
    for (const [id, pull] of this.#pulls) {
      if (--pull.left <= 0) this.#pulls.delete(id);
      break;
    }
    this.#deliveredAt = Date.now();
    this.#options.onDelivery(delivery);
  }

  #check(): void {
    const now = Date.now();
    for (const [id, pull] of this.#pulls)
      if (now - Math.max(pull.heardAt, this.#deliveredAt) > LOST_AFTER_MS) this.#pulls.delete(id);
    this.#pull();
  }
}
