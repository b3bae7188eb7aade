import { type Bus, openKv } from "#shared/bus";
import type { ModelName } from "#shared/messages";
import { isModelName } from "../declared.ts";
import { LiveRecord } from "../records.ts";

/** Which version is live and which was before, as a stage needs to know it. */
export interface LiveRef {
  version: string | null;
  previous: string | null;
}

/** What is live, of every model something was promoted of, kept current by watching the bucket. */
export interface LiveWatch {
  of(name: ModelName): LiveRef | undefined;
  /** @returns a function that ends the listening */
  onChange(listener: (name: ModelName, now: LiveRef | undefined) => void): () => void;
  close(): void;
}

/** A bucket that answers nothing within this is taken as empty; the watch goes on. */
const FIRST_MS = 2_000;

/** Loads and watches what is live. A record nobody can read is ignored, the last good one stays. */
export async function watchLive(bus: Bus): Promise<LiveWatch> {
  const kv = await openKv(bus, "models");
  const current = new Map<ModelName, LiveRef>();
  const listeners = new Set<(name: ModelName, now: LiveRef | undefined) => void>();
  // One token: the records of versions have two.
  const watch = await kv.watch({ key: "*" });
  let loaded: () => void = () => {};
  const initial = new Promise<void>((resolve) => {
    loaded = resolve;
  });
  (async () => {
    for await (const entry of watch) {
      if (entry.delta === 0) setImmediate(loaded);
      if (!isModelName(entry.key)) continue;
      const record = entry.operation === "PUT" ? readable(entry.string()) : null;
      if (record === undefined) continue;
      const before = current.get(entry.key);
      if (record) current.set(entry.key, { version: record.version, previous: record.previous });
      else current.delete(entry.key);
      const now = current.get(entry.key);
      if (before?.version === now?.version && before?.previous === now?.previous) continue;
      for (const listener of listeners) listener(entry.key, now);
    }
  })().catch(() => {});
  const patience = setTimeout(loaded, FIRST_MS);
  // Where nothing was promoted, nothing comes to wait for.
  const { state } = await bus.jsm.streams
    .info("KV_models", { subjects_filter: "$KV.models.*" })
    .catch((error) => {
      clearTimeout(patience);
      watch.stop();
      throw error;
    });
  if (Object.keys(state.subjects ?? {}).length === 0) loaded();
  await initial;
  clearTimeout(patience);
  return {
    of: (name) => current.get(name),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => watch.stop(),
  };
}

/** The record, or undefined when it cannot be read. */
function readable(text: string): LiveRecord | undefined {
  try {
    return LiveRecord.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
