import { hostname } from "node:os";
import { type Bus, Header, publishRaw } from "#shared/bus";
import { encodeBody } from "#shared/codec";
import type { TaskEvent } from "#shared/messages";
import { Gathering } from "./gathering.ts";

/** Events gathered this long go out in one message: invisible to people, and it keeps no-op tasks fast. */
export const GATHER_MS = 25;
const BATCH_MAX = 400;
/** Events with stacks and logs are long; a batch stays well below the server's payload limit. */
const BATCH_BYTES = 256 * 1024;
/** Events kept while NATS is away; the oldest go first, because the work's own stream holds the truth. */
const BACKLOG_MAX = 50_000;

/** Publishes lifecycle events in order, in batches, without ever holding up a task. */
export class Lifecycle {
  readonly worker: string;
  readonly #bus: Bus;
  readonly #host = hostname();
  readonly #gathering: Gathering;
  readonly #gathered = () => this.#send();
  #queue: TaskEvent[] = [];
  #asked = false;
  #sending: Promise<void> | undefined;
  #sent = 0;
  #closed = false;
  /** Events dropped because NATS was away too long. */
  dropped = 0;

  /** @param gathering shared by the workers of a process, so that what they tell leaves together */
  constructor(bus: Bus, worker: string, gathering = new Gathering(GATHER_MS)) {
    this.#bus = bus;
    this.worker = worker;
    this.#gathering = gathering;
  }

  push(event: TaskEvent): void {
    if (this.#queue.length >= BACKLOG_MAX) {
      this.#queue.shift();
      this.dropped++;
    }
    this.#queue.push(event);
    if (this.#queue.length >= BATCH_MAX) this.#send();
    else if (!this.#asked) {
      this.#asked = true;
      this.#gathering.ask(this.#gathered);
    }
  }

  /** Resolves when everything pushed so far is stored, or cannot be. */
  async flush(): Promise<void> {
    while (this.#queue.length > 0 || this.#sending) {
      this.#send();
      await this.#sending;
      if (this.#closed) return;
    }
  }

  async close(): Promise<void> {
    await Promise.race([this.flush(), new Promise((resolve) => setTimeout(resolve, 2_000).unref())]);
    this.#closed = true;
    this.#gathering.forget(this.#gathered);
  }

  #send(): void {
    if (this.#asked) this.#gathering.forget(this.#gathered);
    this.#asked = false;
    if (this.#sending || this.#queue.length === 0 || this.#closed) return;
    const events = this.#queue.splice(0, BATCH_MAX);
    this.#sending = this.#publish(events).finally(() => {
      this.#sending = undefined;
      if (this.#queue.length > 0) this.#send();
    });
  }

  async #publish(events: TaskEvent[]): Promise<void> {
    const { bytes, contentType } = encodeBody(
      { worker: this.worker, host: this.#host, events },
      this.#bus.codec,
    );
    if (bytes.byteLength > BATCH_BYTES && events.length > 1) {
      const half = Math.ceil(events.length / 2);
      await this.#publish(events.slice(0, half));
      return this.#publish(events.slice(half));
    }
    const message = {
      subject: `task.events.${this.worker}`,
      bytes,
      messageId: `${this.worker}.${++this.#sent}`,
      headers: { [Header.contentType]: contentType },
    };
    while (!this.#closed) {
      try {
        await publishRaw(this.#bus, message);
        return;
      } catch {
        if (this.#bus.nc.isClosed()) return;
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
    }
  }
}
