import { createHash, randomBytes } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { type Bus, objectChunks, openObjects } from "#shared/bus";
import { Refusal, RetryableError } from "#shared/errors";
import type { ModelName } from "#shared/messages";
import { modelCacheDir } from "../config.ts";
import { fileKey } from "../keys.ts";
import type { StoredVersion } from "../records.ts";

export interface FetchOptions {
  /** Download into a file of one's own, whatever the cache holds; the caller removes it. @default false */
  fresh?: boolean;
  /** @default the folder of {@link modelCacheDir} */
  folder?: string;
}

/** Where a version's file lies in the cache. Its digest is its name, so services on one machine share it. */
export const cachedPath = (folder: string, { name, digest }: Pick<StoredVersion, "name" | "digest">) =>
  join(folder, name, `${digest.slice(0, 32)}.onnx`);

/**
 * The local file of a version: downloaded once, and its digest checked every time it is handed out.
 * @throws Refusal `MODEL_FILE_MISSING`, `MODEL_FILE_CORRUPT`; RetryableError `STORE_UNREACHABLE`
 */
export async function fetchVersion(
  bus: Bus,
  record: StoredVersion,
  options: FetchOptions = {},
): Promise<string> {
  const folder = options.folder ?? modelCacheDir();
  const path = cachedPath(folder, record);
  if (!options.fresh && (await digestOf(path)) === record.digest) {
    // Recently used: stays when old ones go.
    await utimes(path, new Date(), new Date()).catch(() => {});
    return path;
  }
  await mkdir(join(folder, record.name), { recursive: true, mode: 0o700 });
  const partial = `${path}.${process.pid}-${randomBytes(4).toString("hex")}.partial`;
  try {
    const digest = await download(bus, record, partial);
    if (digest !== record.digest)
      throw new Refusal(
        "conflict",
        "MODEL_FILE_CORRUPT",
        `the file of ${record.name} ${record.version} has SHA-256 ${digest.slice(0, 12)}…, its record says ${record.digest.slice(0, 12)}…`,
      );
    if (options.fresh) return partial;
    await rename(partial, path);
    return path;
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** Downloads a version's file. @returns its SHA-256, hex */
async function download(bus: Bus, record: StoredVersion, path: string): Promise<string> {
  const what = `${record.name} ${record.version}`;
  const unreachable = (cause: unknown) =>
    new RetryableError("STORE_UNREACHABLE", `the file of ${what}: ${(cause as Error).message}`, { cause });
  const store = await openObjects(bus, "models").catch((cause) => {
    throw unreachable(cause);
  });
  const object = await store.get(fileKey(record.name as ModelName, record.version)).catch((cause) => {
    throw unreachable(cause);
  });
  if (!object)
    throw new Refusal("conflict", "MODEL_FILE_MISSING", `there is no file of ${what} in the store`);
  const hash = createHash("sha256");
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for await (const chunk of objectChunks(store, object!)) {
      hash.update(chunk);
      yield chunk;
    }
  }
  try {
    await pipeline(bytes, createWriteStream(path, { mode: 0o600 }));
    const broken = await object.error;
    if (broken) throw broken;
  } catch (cause) {
    const { message } = cause as Error;
    // What the store itself finds wrong stays wrong; a connection that breaks does not.
    if (!/digest|corrupt/i.test(message)) throw unreachable(cause);
    throw new Refusal("conflict", "MODEL_FILE_CORRUPT", `the file of ${what} cannot be read: ${message}`, {
      cause,
    });
  }
  return hash.digest("hex");
}

/** SHA-256 of a file, hex; undefined when there is none. */
async function digestOf(path: string): Promise<string | undefined> {
  if (!(await stat(path).catch(() => null))) return undefined;
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest("hex");
}
