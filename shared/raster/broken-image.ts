import { PermanentError } from "#shared/errors";
import type { SourceFormat } from "./sniff.ts";

/**
 * What to tell a person when libvips refuses a file: that it stops early (send it again), or that it is broken.
 * @returns PermanentError `IMAGE_TRUNCATED` or `IMAGE_BROKEN`
 */
export function brokenImage(bytes: Uint8Array, format: SourceFormat, cause: Error): PermanentError {
  return isTruncated(bytes, format, cause)
    ? new PermanentError(
        "IMAGE_TRUNCATED",
        `the ${format} stops after ${bytes.length} bytes, before its end`,
        { cause },
      )
    : new PermanentError("IMAGE_BROKEN", `the ${format} cannot be decoded: ${cause.message}`, { cause });
}

/** A file that stops early lacks its end marker, or points beyond its end. */
function isTruncated(bytes: Uint8Array, format: SourceFormat, cause: Error): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tail = buffer.subarray(-64).toString("latin1");
  if (format === "png") return !tail.includes("IEND");
  if (format === "jpeg") return !tail.includes("\u00ff\u00d9");
  if (format === "webp") return buffer.length < 12 || buffer.readUInt32LE(4) + 8 > buffer.length;
  const firstDirectory =
    buffer.length < 8 ? 8 : bytes[0] === 0x49 ? buffer.readUInt32LE(4) : buffer.readUInt32BE(4);
  return firstDirectory >= buffer.length || /premature|truncat|not enough|read error/i.test(cause.message);
}
