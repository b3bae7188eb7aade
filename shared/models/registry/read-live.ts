import type { KV } from "@nats-io/kv";
import { apiCode, type Bus, lastMessage } from "#shared/bus";
import type { ModelName } from "#shared/messages";
import { nextKey, versionKey } from "../keys.ts";
import { LiveRecord, StoredVersion } from "../records.ts";

/** A stored value with the revision it has; 0 when there is none. */
export interface Revised<T> {
  value: T | null;
  revision: number;
}

/** Codes of the server when a value was changed since it was read. */
const CHANGED = new Set([10071, 10164]);

/** True when a write was refused because somebody else wrote first. */
export const wroteFirst = (error: unknown): boolean => CHANGED.has(apiCode(error));

/** The newest value of a key, from the stream's leader: a replica may be a moment behind, and this decides. */
async function leading(bus: Bus, key: string): Promise<Revised<unknown>> {
  const message = await lastMessage(bus, "KV_models", `$KV.models.${key}`);
  if (!message) return { value: null, revision: 0 };
  const marker = message.headers.get("KV-Operation") || message.headers.get("Nats-Marker-Reason");
  if (marker) return { value: null, revision: message.seq };
  return { value: parsed(message.data), revision: message.seq };
}

function parsed(data: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(data));
  } catch {
    return null;
  }
}

/** What is live; a record nobody can read counts as none, and may be written over. */
export async function readLive(bus: Bus, name: ModelName): Promise<Revised<LiveRecord>> {
  const { value, revision } = await leading(bus, name);
  return { value: LiveRecord.safeParse(value).data ?? null, revision };
}

/** The record of one version, or null. */
export async function readVersion(
  bus: Bus,
  name: ModelName,
  version: string,
): Promise<Revised<StoredVersion>> {
  const { value, revision } = await leading(bus, versionKey(name, version));
  return { value: StoredVersion.safeParse(value).data ?? null, revision };
}

/** Takes the number of the next version. Two at once get two numbers, and none is given twice. */
export async function takeNumber(bus: Bus, kv: KV, name: ModelName): Promise<number> {
  for (;;) {
    const { value, revision } = await leading(bus, nextKey(name));
    const number = typeof value === "number" && value >= 1 ? value : 1;
    try {
      await kv.put(nextKey(name), JSON.stringify(number + 1), { previousSeq: revision });
      return number;
    } catch (error) {
      if (!wroteFirst(error)) throw error;
    }
  }
}
