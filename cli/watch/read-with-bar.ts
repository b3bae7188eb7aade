import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Refusal } from "#shared/operate";
import { bar, bytes } from "../format.ts";

/** A bar only for what takes longer than this. */
const PATIENCE_MS = 1_000;
const REDRAW_MS = 100;

/**
 * A file's bytes, with a bar on a terminal when sending them takes longer than a second.
 * @throws Refusal `FILE_NOT_FOUND`
 */
export async function readWithBar(
  path: string,
  out: NodeJS.WriteStream = process.stderr,
): Promise<AsyncIterable<Uint8Array>> {
  const { size } = await stat(path).catch((cause: Error) => {
    throw new Refusal("missing", "FILE_NOT_FOUND", `${path} cannot be read: ${cause.message}`, { cause });
  });
  const source = createReadStream(path, { highWaterMark: 256 * 1024 });
  return out.isTTY ? withBar(source, size, out) : source;
}

async function* withBar(source: AsyncIterable<Uint8Array>, size: number, out: NodeJS.WriteStream) {
  const began = Date.now();
  let sent = 0;
  let drawn = 0;
  for await (const chunk of source) {
    sent += chunk.byteLength;
    yield chunk;
    const now = Date.now();
    if (now - began < PATIENCE_MS || now - drawn < REDRAW_MS) continue;
    drawn = now;
    out.write(`\r\u001b[2K  ${bar(sent / size)} ${bytes(sent)} of ${bytes(size)}`);
  }
  if (drawn > 0) out.write("\r\u001b[2K");
}
