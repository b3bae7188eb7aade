import { randomBytes } from "node:crypto";
import type { ObjectStore } from "@nats-io/obj";
import { type Bus, openObjects } from "#shared/bus";
import { PermanentError, RetryableError } from "#shared/errors";
import type { ArtifactRef } from "#shared/messages";
import { putObject } from "./put-object.ts";

/** Largest artifact read into memory unless the caller says otherwise, in bytes. */
export const ARTIFACT_LIMIT_BYTES = 512 * 1024 * 1024;

const encoder = new TextEncoder();

/** Artifacts of one attempt in the bus's object stores. */
export interface ArtifactStore {
  get(ref: { bucket: string; key: string }, limitBytes?: number): Promise<Uint8Array>;
  put(name: string, bytes: Uint8Array | string, contentType?: string): Promise<ArtifactRef>;
}

/** Key prefix that no other attempt uses: artifacts are immutable, a new attempt writes new ones. */
export function attemptPrefix(run: string, stage: string, generation: number, attempt: number): string {
  return `${run}/${stage}-g${generation}a${attempt}-${randomBytes(3).toString("hex")}`;
}

/**
 * Opens the artifacts of one attempt. Digests are verified by the object store on reading.
 * @param prefix makes the key prefix when the first artifact is written; see {@link attemptPrefix}
 */
export function objectArtifacts(
  bus: Bus,
  prefix: () => string,
  contentTypes: Record<string, string> = {},
): ArtifactStore {
  const stores = new Map<string, Promise<ObjectStore>>();
  let folder: string | undefined;
  const open = (bucket: string) => {
    let store = stores.get(bucket);
    if (!store) {
      store = openObjects(bus, bucket);
      stores.set(bucket, store);
      store.catch(() => stores.delete(bucket));
    }
    return store;
  };
  return {
    async get({ bucket, key }, limitBytes = ARTIFACT_LIMIT_BYTES) {
      if (!/^[A-Za-z0-9_-]{1,100}$/.test(bucket))
        throw new PermanentError("ARTIFACT_MISSING", `"${bucket.slice(0, 100)}" is no object store`);
      const store = await open(bucket).catch((cause) => {
        if (/not found/i.test(String(cause)))
          throw new PermanentError("ARTIFACT_MISSING", `there is no object store ${bucket}`, { cause });
        throw new RetryableError("STORE_UNREACHABLE", `object store ${bucket}: ${(cause as Error).message}`, {
          cause,
        });
      });
      const info = await store.info(key);
      if (!info || info.deleted)
        throw new PermanentError("ARTIFACT_MISSING", `there is no object ${bucket}/${key.slice(0, 200)}`);
      if (info.size > limitBytes)
        throw new PermanentError(
          "ARTIFACT_TOO_LARGE",
          `${bucket}/${key.slice(0, 200)} has ${info.size} bytes, the limit is ${limitBytes}`,
        );
      const bytes = info.size === 0 ? new Uint8Array() : await store.getBlob(key);
      if (!bytes)
        throw new PermanentError("ARTIFACT_MISSING", `object ${bucket}/${key.slice(0, 200)} is gone`);
      return bytes;
    },
    async put(name, data, contentType = contentTypes[name] ?? "application/octet-stream") {
      const bytes = typeof data === "string" ? encoder.encode(data) : data;
      folder ??= prefix();
      const key = `${folder}/${name}`;
      const stored = await putObject(bus, "artifacts", key, [bytes], { "content-type": contentType });
      return { bucket: "artifacts", key, ...stored, contentType };
    },
  };
}
