import type { KV } from "@nats-io/kv";
import { type Bus, openKv } from "#shared/bus";

/**
 * How often a task was handed over by a worker that stopped. Every delivery counts on the server, also one that ended
 * by no fault of the task; these are taken off again.
 */
export class Handovers {
  readonly #bus: Bus;
  #kv: Promise<KV> | undefined;

  constructor(bus: Bus) {
    this.#bus = bus;
  }

  async count(task: string): Promise<number> {
    const entry = await (await this.#open()).get(task);
    return entry && entry.operation === "PUT" ? Number(entry.string()) || 0 : 0;
  }

  async add(task: string): Promise<void> {
    const kv = await this.#open();
    await kv.put(task, String((await this.count(task)) + 1));
  }

  #open(): Promise<KV> {
    this.#kv ??= openKv(this.#bus, "handovers");
    return this.#kv;
  }
}
