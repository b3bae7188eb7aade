import { decodeBody } from "#shared/codec";

/**
 * What a message holds, one value per line to print: a batch of lifecycle events is taken apart.
 * @throws PoisonError when the bytes are neither JSON nor msgpack
 */
export function decodeLines(bytes: Uint8Array, contentType?: string): unknown[] {
  const value = decodeBody(bytes, contentType) as Record<string, unknown>;
  if (Array.isArray(value.events) && typeof value.worker === "string")
    return value.events.map((event) => ({ worker: value.worker, ...(event as object) }));
  return [value];
}
