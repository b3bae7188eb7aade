import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import { Packr } from "msgpackr";
import { PermanentError } from "#shared/errors";
import type { SheetRecord } from "./types.ts";

/** Typed arrays stay what they are. */
const packr = new Packr({ structuredClone: true, useRecords: false });

/** A record as it is stored: MessagePack, compressed. The same record gives the same bytes. */
export function encodeRecord(record: SheetRecord): Uint8Array {
  return gzipSync(packr.pack(record), { level: 6 });
}

/** SHA-256, hex: what a dataset version names its records by. */
export const digestOf = (bytes: Uint8Array | string): string =>
  createHash("sha256").update(bytes).digest("hex");

/**
 * Reads a record and checks that it is the one the version names.
 * @throws PermanentError `DATASET_CORRUPT`
 */
export function decodeRecord(bytes: Uint8Array, expected: { uid: string; digest: string }): SheetRecord {
  const digest = digestOf(bytes);
  const corrupt = (why: string, cause?: unknown) =>
    new PermanentError("DATASET_CORRUPT", `the record of diagram ${expected.uid} ${why}`, { cause });
  if (digest !== expected.digest)
    throw corrupt(`has digest ${digest.slice(0, 12)}, its version names ${expected.digest.slice(0, 12)}`);
  let record: SheetRecord;
  try {
    record = packr.unpack(gunzipSync(bytes)) as SheetRecord;
  } catch (cause) {
    throw corrupt(`cannot be read: ${(cause as Error).message}`, cause);
  }
  if (record?.version !== 1 || record.uid !== expected.uid)
    throw corrupt(`is of diagram ${record?.uid}, version ${record?.version}; version 1 is known`);
  return record;
}
