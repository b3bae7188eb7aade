import { Packr, Unpackr } from "msgpackr";
import { PoisonError } from "#shared/errors";

export type Codec = "msgpack" | "json";

export const CONTENT_TYPES: Record<Codec, string> = {
  msgpack: "application/msgpack",
  json: "application/json",
};

// Plain maps, no record extension: any msgpack library can read what we write.
const packr = new Packr({ useRecords: false, encodeUndefinedAsNil: false });
const unpackr = new Unpackr({ useRecords: false, mapsAsObjects: true, int64AsType: "number" });
const utf8 = new TextDecoder("utf-8", { fatal: true });
const encoder = new TextEncoder();

/** A body as bytes with the content type that says how to read it. */
export function encodeBody(body: unknown, codec: Codec): { bytes: Uint8Array; contentType: string } {
  const bytes = codec === "json" ? encoder.encode(JSON.stringify(body)) : packr.pack(body);
  return { bytes, contentType: CONTENT_TYPES[codec] };
}

/** `{` opens every JSON body we accept; in msgpack it is a small integer, which no body of ours is. */
function looksLikeJson(bytes: Uint8Array): boolean {
  let i = 0;
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) i = 3;
  while (bytes[i] === 0x20 || bytes[i] === 0x0a || bytes[i] === 0x0d || bytes[i] === 0x09) i++;
  return bytes[i] === 0x7b || bytes[i] === 0x5b;
}

/**
 * Bytes as a value. Without a content type, what starts like JSON is JSON and the rest msgpack, so that a message
 * published by hand needs no header.
 * @throws PoisonError `UNDECODABLE` (bytes are neither) or `UNKNOWN_CONTENT_TYPE`
 */
export function decodeBody(bytes: Uint8Array, contentType?: string): unknown {
  const type = contentType?.split(";")[0]?.trim().toLowerCase();
  if (type && type !== CONTENT_TYPES.json && type !== CONTENT_TYPES.msgpack)
    throw new PoisonError(
      "UNKNOWN_CONTENT_TYPE",
      `content type "${type.slice(0, 80)}" is not one of ${Object.values(CONTENT_TYPES).join(", ")}`,
    );
  if (bytes.byteLength === 0) throw new PoisonError("UNDECODABLE", "the message has no body (0 bytes)");
  const json = type ? type === CONTENT_TYPES.json : looksLikeJson(bytes);
  const what = json ? "JSON in UTF-8" : "msgpack";
  try {
    const value: unknown = json ? JSON.parse(utf8.decode(bytes)) : unpackr.unpack(bytes);
    // Random bytes often are a valid msgpack scalar; every body of ours is a map or a list.
    if (typeof value !== "object" || value === null || value.constructor?.name === "C1Type")
      throw new Error("the body is no map");
    return value;
  } catch (cause) {
    throw new PoisonError(
      "UNDECODABLE",
      `${bytes.byteLength} bytes are not ${what}: ${(cause as Error).message}`,
      { cause },
    );
  }
}
