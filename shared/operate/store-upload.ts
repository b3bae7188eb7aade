import { type Bus, openObjects } from "#shared/bus";
import { Refusal } from "./refusal.ts";

/** Largest drawing taken unless told otherwise, in bytes. */
export const UPLOAD_MAX_BYTES = 200 * 1024 * 1024;

/** The object store hashes in plain JavaScript on the event loop: pieces this small hold it up under half a ms. */
const PIECE_BYTES = 64 * 1024;

export interface StoredUpload {
  /** `<bucket>/<key>`, as `diagram.uploaded` names it. */
  object: string;
  size: number;
  digest: string;
}

/**
 * Streams bytes into bucket `inbox` without ever holding the whole of them. A source that fails leaves nothing behind.
 * @throws Refusal `UPLOAD_TOO_LARGE`, `UPLOAD_EMPTY`; whatever the source throws
 */
export async function storeUpload(
  bus: Bus,
  key: string,
  source: AsyncIterable<Uint8Array>,
  maxBytes: number = UPLOAD_MAX_BYTES,
): Promise<StoredUpload> {
  const inbox = await openObjects(bus, "inbox");
  const pieces = limited(source, maxBytes);
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await pieces.return();
    },
  });
  const info = await inbox.put({ name: key }, stream);
  return { object: `inbox/${key}`, size: info.size, digest: info.digest };
}

/** Cuts a source into small pieces and ends it with an error when it is empty or too long. */
export async function* limited(
  source: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<Uint8Array, void> {
  let size = 0;
  for await (const chunk of source) {
    size += chunk.byteLength;
    if (size > maxBytes)
      throw new Refusal(
        "too-large",
        "UPLOAD_TOO_LARGE",
        `the drawing has more than ${maxBytes} bytes, which is the limit`,
      );
    for (let at = 0; at < chunk.byteLength; at += PIECE_BYTES) yield chunk.subarray(at, at + PIECE_BYTES);
  }
  if (size === 0) throw new Refusal("invalid", "UPLOAD_EMPTY", "the drawing has 0 bytes");
}
