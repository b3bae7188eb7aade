import { createInbox, type Msg, type MsgHdrs, type NatsConnection } from "@nats-io/nats-core";

interface Pending {
  resolve: (message: Msg) => void;
  reject: (error: Error) => void;
  deadline: number;
}

/** A request that leaves at the end of the turn. */
interface Outgoing {
  subject: string;
  payload: Uint8Array | string;
  token: string;
  headers: MsgHdrs | undefined;
}

const SWEEP_MS = 500;

/**
 * Request and reply over one inbox. The client's own `request` makes two errors with stack traces for every call in case
 * they are needed, which is a quarter of a busy worker's time; here an error is made when there is one. And it writes to its
 * socket after every microtask that published, which is half of such a worker's time; here everything that one turn of the
 * event loop asks for (the ack of one task, the result of the next) leaves in one write at its end. Requests under way when
 * the connection breaks fail at once, since the server has forgotten them.
 */
export class Requests {
  readonly #nc: NatsConnection;
  readonly #inbox: string;
  readonly #pending = new Map<string, Pending>();
  readonly #sweep: NodeJS.Timeout;
  #outgoing: Outgoing[] = [];
  #next = 0;

  constructor(nc: NatsConnection, inboxPrefix: string) {
    this.#nc = nc;
    this.#inbox = createInbox(inboxPrefix);
    nc.subscribe(`${this.#inbox}.*`, { callback: (_, message) => this.#receive(message) });
    this.#sweep = setInterval(() => this.#expire(), SWEEP_MS);
    this.#sweep.unref();
    this.#watch();
  }

  /** @throws Error when nobody answers in time, nobody listens, or the connection breaks */
  request(subject: string, payload: Uint8Array | string, timeoutMs: number, headers?: MsgHdrs): Promise<Msg> {
    const token = (this.#next++).toString(36);
    return new Promise((resolve, reject) => {
      this.#pending.set(token, { resolve, reject, deadline: Date.now() + timeoutMs });
      // Ticks wait for all microtasks, and so for whatever continues in this turn.
      if (this.#outgoing.push({ subject, payload, token, headers }) === 1) process.nextTick(this.#flush);
    });
  }

  readonly #flush = (): void => {
    const outgoing = this.#outgoing;
    this.#outgoing = [];
    for (const { subject, payload, token, headers } of outgoing)
      try {
        const reply = `${this.#inbox}.${token}`;
        this.#nc.publish(subject, payload, headers ? { reply, headers } : { reply });
      } catch (error) {
        this.#pending.get(token)?.reject(error as Error);
        this.#pending.delete(token);
      }
  };

  close(): void {
    clearInterval(this.#sweep);
    this.#failAll("the connection is closed");
  }

  #receive(message: Msg): void {
    const token = message.subject.slice(this.#inbox.length + 1);
    const pending = this.#pending.get(token);
    if (!pending) return;
    this.#pending.delete(token);
    if (message.data.length === 0 && message.headers?.code === 503)
      pending.reject(new Error("no responders"));
    else pending.resolve(message);
  }

  #expire(): void {
    const now = Date.now();
    for (const [token, pending] of this.#pending)
      if (pending.deadline <= now) {
        this.#pending.delete(token);
        pending.reject(new Error("no answer in time"));
      }
  }

  #failAll(reason: string): void {
    const all = [...this.#pending.values()];
    this.#pending.clear();
    for (const pending of all) pending.reject(new Error(reason));
  }

  async #watch(): Promise<void> {
    for await (const status of this.#nc.status())
      if (status.type === "disconnect") this.#failAll("the connection to NATS broke");
  }
}
