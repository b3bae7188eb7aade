import { putObject } from "#shared/artifacts";
import type { Bus } from "#shared/bus";
import { Refusal } from "./refusal.ts";

/** Largest drawing taken unless told otherwise, in bytes. */
export const UPLOAD_MAX_BYTES = 200 * 1024 * 1024;

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
  const { size, digest } = await putObject(bus, "inbox", key, limited(source, maxBytes));
  return { object: `inbox/${key}`, size, digest };
}

/**
 * Ends a source with an error when it is empty or too long.
 * @param what it is, for the sentence
 * @throws Refusal `UPLOAD_TOO_LARGE`, `UPLOAD_EMPTY`; whatever the source throws
 */
export async function* limited(
  source: AsyncIterable<Uint8Array>,
  maxBytes: number,
  what = "drawing",
): AsyncGenerator<Uint8Array, void> {
  let size = 0;
  for await (const chunk of source) {
    size += chunk.byteLength;
    if (size > maxBytes)
      throw new Refusal(
        "too-large",
        "UPLOAD_TOO_LARGE",
        `the ${what} has more than ${maxBytes} bytes, which is the limit`,
      );
    if (chunk.byteLength > 0) yield chunk;
  }
  if (size === 0) throw new Refusal("invalid", "UPLOAD_EMPTY", `the ${what} has 0 bytes`);
}
