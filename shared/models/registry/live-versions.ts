import { type Bus, openKv } from "#shared/bus";
import { MODEL_NAMES, type ModelName } from "#shared/messages";
import { versionKey } from "../keys.ts";
import { LiveRecord, SHIPPED, StoredVersion } from "../records.ts";
import { shippedVersion } from "./shipped.ts";

/** The version of a model that is in use. */
export interface LiveVersion {
  model: ModelName;
  /** `v3`; of a shipped file the day it was trained and the beginning of its digest. */
  version: string;
  /** Shipped with the package, or promoted since. */
  source: "shipped" | "promoted";
  score: number | null;
}

/** What is live of every model that has something live: two small reads each, for who looks every few seconds. */
export async function liveVersions(bus: Bus): Promise<LiveVersion[]> {
  const kv = await openKv(bus, "models");
  const read = async (key: string): Promise<unknown> => {
    const entry = await kv.get(key);
    if (entry?.operation !== "PUT") return null;
    try {
      return JSON.parse(entry.string());
    } catch {
      return null;
    }
  };
  const all = await Promise.all(
    MODEL_NAMES.map(async (model): Promise<LiveVersion[]> => {
      const live = LiveRecord.safeParse(await read(model)).data;
      if (live && live.version !== SHIPPED) {
        if (live.version === null) return [];
        const record = StoredVersion.safeParse(await read(versionKey(model, live.version))).data;
        return [{ model, version: live.version, source: "promoted", score: record?.score ?? null }];
      }
      const shipped = await shippedVersion(model);
      if (!shipped) return [];
      const day = new Date(shipped.createdAt).toISOString().slice(0, 10);
      const version = `${day}-${shipped.digest.slice(0, 8)}`;
      return [{ model, version, source: "shipped", score: shipped.score }];
    }),
  );
  return all.flat();
}
