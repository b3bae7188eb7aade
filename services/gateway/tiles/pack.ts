import { writeSync } from "node:fs";
import { open } from "node:fs/promises";
import type { Level } from "./pyramid.ts";

/** First and last bytes of a whole pack. */
const MAGIC = Buffer.from("PSTILES1", "latin1");

/** Where a level's tiles lie in the pack, row by row: offset and length in bytes; length 0 for a blank tile. */
export interface PackedLevel extends Level {
  tiles: [offset: number, length: number][];
}

/** A pack is one file: magic, tiles, index as JSON, length of the index (4 bytes, big endian), magic. */
export interface PackIndex {
  levels: PackedLevel[];
}

/** Writes a pack from front to back into an open file. */
export function packWriter(file: number): {
  /** Adds bytes; gives where they lie. */
  add(bytes: Uint8Array): [number, number];
  finish(index: PackIndex): void;
} {
  let at = 0;
  const write = (bytes: Uint8Array) => {
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
    at += bytes.length;
  };
  write(MAGIC);
  return {
    add(bytes) {
      const place: [number, number] = [at, bytes.length];
      write(bytes);
      return place;
    },
    finish(index) {
      const json = Buffer.from(JSON.stringify(index));
      const length = Buffer.alloc(4);
      length.writeUInt32BE(json.length);
      write(json);
      write(length);
      write(MAGIC);
    },
  };
}

/** The index of a pack; null for a file that is none, or not whole. */
export async function readPackIndex(path: string): Promise<PackIndex | null> {
  const file = await open(path).catch(() => null);
  if (!file) return null;
  try {
    const { size } = await file.stat();
    const tail = MAGIC.length + 4;
    if (size < MAGIC.length + tail) return null;
    const end = await read(file, size - tail, tail);
    const start = await read(file, 0, MAGIC.length);
    const length = end.readUInt32BE(0);
    if (!start.equals(MAGIC) || !end.subarray(4).equals(MAGIC) || length > size - tail - MAGIC.length)
      return null;
    return JSON.parse((await read(file, size - tail - length, length)).toString("utf8")) as PackIndex;
  } catch {
    return null;
  } finally {
    await file.close();
  }
}

/** Bytes of one tile. @throws the system's error when the file is gone */
export async function readPacked(path: string, offset: number, length: number): Promise<Buffer> {
  const file = await open(path);
  try {
    return await read(file, offset, length);
  } finally {
    await file.close();
  }
}

async function read(file: Awaited<ReturnType<typeof open>>, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, offset);
  if (bytesRead !== length) throw new Error(`a pack ends ${length - bytesRead} bytes early`);
  return bytes;
}
