import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import type { Bus } from "#shared/bus";
import { listArtifacts, readArtifact } from "#shared/operate";

/** The bytes behind a reference as a Node stream. */
export const artifactStream = async (bus: Bus, ref: { bucket: string; key: string }): Promise<Readable> =>
  Readable.fromWeb((await readArtifact(bus, ref)) as ReadableStream<Uint8Array>);

/** Writes every artifact of a diagram into a folder. @returns the files */
export async function saveArtifacts(bus: Bus, uid: string, folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const files: string[] = [];
  for (const [name, ref] of Object.entries(await listArtifacts(bus, uid))) {
    // Names are the contract's own; anything else would be another's idea of a path.
    const file = join(folder, name.replace(/[^A-Za-z0-9._-]/g, "_"));
    await pipeline(await artifactStream(bus, ref), createWriteStream(file));
    files.push(file);
  }
  return files;
}
