import type { KV } from "@nats-io/kv";
import { type Bus, openKv } from "#shared/bus";

/**
 * Starts of a stage spaced over all its replicas: the generic cell rate algorithm (ITU-T I.371) on one KV key, moved
 * on by compare-and-set, so that no replica count has to be known.
 */
export class RateLimiter {
  readonly #bus: Bus;
  #kv: Promise<KV> | undefined;

  constructor(bus: Bus) {
    this.#bus = bus;
  }

  /** Reserves the next start. @returns when it may happen, ms since the epoch */
  async reserve(stage: string, perMinute: number): Promise<number> {
    this.#kv ??= openKv(this.#bus, "limits");
    const kv = await this.#kv;
    const intervalMs = 60_000 / perMinute;
    const key = `stage.${stage}`;
    for (;;) {
      const entry = await kv.get(key);
      const now = Date.now();
      const next = entry && entry.operation === "PUT" ? Number(entry.string()) : 0;
      // Reservations far ahead are left over from a slower limit.
      const start = Math.max(now, Math.min(Number.isFinite(next) ? next : now, now + 100 * intervalMs));
      try {
        await kv.put(key, String(start + intervalMs), { previousSeq: entry?.revision ?? 0 });
        return start;
      } catch (error) {
        if (!/wrong last sequence/i.test(String(error))) throw error;
      }
    }
  }
}
