import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { decodeBody, encodeBody } from "#shared/codec";
import { PermanentError } from "#shared/errors";

/** Largest folder that is kept from one attempt to the next, in bytes. */
const MOST_BYTES = 512 * 1024 * 1024;

/** The files of a folder as one piece; null when there are none. @throws PermanentError `CHECKPOINT_TOO_LARGE` */
export async function packFolder(folder: string): Promise<Uint8Array | null> {
  const files: Record<string, Uint8Array> = {};
  let size = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    size += bytes.byteLength;
    if (size > MOST_BYTES)
      throw new PermanentError(
        "CHECKPOINT_TOO_LARGE",
        `the trainer's checkpoint has more than ${MOST_BYTES} bytes, which is the limit`,
      );
    files[path.slice(folder.length + 1)] = bytes;
  }
  return size === 0 ? null : encodeBody(files, "msgpack").bytes;
}

/** The inverse of {@link packFolder}; paths that lead out of the folder are left out. */
export async function unpackFolder(bytes: Uint8Array, folder: string): Promise<void> {
  const files = decodeBody(bytes) as Record<string, Uint8Array>;
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    if (!normalize(path).startsWith(`${folder}/`)) continue;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}
