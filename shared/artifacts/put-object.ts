import { createHash } from "node:crypto";
import { nuid } from "@nats-io/nats-core";
import type { Bus } from "#shared/bus";
import { toHeaders } from "#shared/bus";
import { RetryableError } from "#shared/errors";

const CHUNK_BYTES = 128 * 1024;
/** Chunks on their way at once: enough to hide the round trip, and 2 MB of memory at most. */
const IN_FLIGHT = 16;
const ACK_MS = 10_000;

/** What was stored. */
export interface PutObject {
  size: number;
  /** `SHA-256=<base64url>` */
  digest: string;
}

/**
 * Writes one new object into a bucket, in the format of NATS' object store (ADR-20), from a stream of any length. The
 * client's own `put` waits for every chunk in turn and hashes in plain JavaScript on the event loop; here chunks overlap
 * and the digest is native, so that an upload is answered in milliseconds and a long one holds nobody up. The name must
 * be new: nothing of an older object is looked for. A source that fails leaves nothing behind.
 * @throws RetryableError `STORE_REFUSED`; whatever the source throws
 */
export async function putObject(
  bus: Bus,
  bucket: string,
  name: string,
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  metadata: Record<string, string> = {},
): Promise<PutObject> {
  const id = nuid.next();
  const chunkSubject = `$O.${bucket}.C.${id}`;
  const hash = createHash("sha256");
  const flying = new Set<Promise<unknown>>();
  let refused: Error | undefined;
  let size = 0;
  let chunks = 0;
  const send = (subject: string, bytes: Uint8Array, headers?: ReturnType<typeof toHeaders>) => {
    const sent = bus.js
      .publish(subject, bytes, { timeout: ACK_MS, ...(headers ? { headers } : {}) })
      .catch((error: Error) => {
        refused ??= error;
      })
      .finally(() => flying.delete(sent));
    flying.add(sent);
  };
  try {
    for await (const chunk of inChunks(source)) {
      hash.update(chunk);
      size += chunk.byteLength;
      chunks++;
      send(chunkSubject, chunk);
      if (flying.size >= IN_FLIGHT) await Promise.race(flying);
      if (refused) break;
    }
    const digest = `SHA-256=${padded(hash.digest("base64url"))}`;
    const meta = {
      name,
      bucket,
      nuid: id,
      size,
      chunks,
      digest,
      mtime: new Date().toISOString(),
      deleted: false,
      metadata,
    };
    const described = { ...meta, options: { max_chunk_size: CHUNK_BYTES } };
    // The server stores in order of sending; when a chunk was refused all this is taken away again.
    send(
      metaSubject(bucket, name),
      Buffer.from(JSON.stringify(described)),
      toHeaders({ "Nats-Rollup": "sub" }),
    );
    await Promise.all(flying);
    if (refused)
      throw new RetryableError(
        "STORE_REFUSED",
        `object store ${bucket} did not take the object: ${refused.message}`,
        {
          cause: refused,
        },
      );
    return { size, digest };
  } catch (error) {
    await Promise.all(flying);
    for (const filter of [chunkSubject, metaSubject(bucket, name)])
      await bus.jsm.streams.purge(`OBJ_${bucket}`, { filter }).catch(() => undefined);
    throw error;
  }
}

const padded = (text: string) => text.padEnd(Math.ceil(text.length / 4) * 4, "=");
const metaSubject = (bucket: string, name: string) =>
  `$O.${bucket}.M.${padded(Buffer.from(name).toString("base64url"))}`;

/** Gathers small pieces and cuts large ones, so that every chunk but the last has the same size. */
export async function* inChunks(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  chunkBytes = CHUNK_BYTES,
): AsyncGenerator<Uint8Array, void> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (let piece of source) {
    while (size + piece.byteLength >= chunkBytes) {
      const taken = chunkBytes - size;
      held.push(piece.subarray(0, taken));
      yield Buffer.concat(held);
      piece = piece.subarray(taken);
      held = [];
      size = 0;
    }
    if (piece.byteLength === 0) continue;
    // The source may use its buffer again.
    held.push(Uint8Array.from(piece));
    size += piece.byteLength;
  }
  if (size > 0) yield Buffer.concat(held);
}
