import { spawn } from "node:child_process";
import { setPriority } from "node:os";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { fileURLToPath } from "node:url";
import { RetryableError } from "#shared/errors";

const TIMEOUT_MS = 30_000;
/** Below everything that somebody waits for. */
const NICE = 5;

/** Runs `shrink` beside this process; only one at a time, because each takes a core and some memory. */
let last: Promise<unknown> = Promise.resolve();

/**
 * A small WebP picture of a sheet.
 * @param open called when it is this picture's turn
 * @throws RetryableError `THUMBNAIL_FAILED`
 */
export function makeThumbnail(open: () => Promise<ReadableStream<Uint8Array>>): Promise<Buffer> {
  const mine = last.catch(() => undefined).then(async () => run(await open()));
  last = mine;
  return mine;
}

async function run(sheet: ReadableStream<Uint8Array>): Promise<Buffer> {
  const typescript = import.meta.url.endsWith(".ts");
  const program = fileURLToPath(new URL(typescript ? "./shrink.ts" : "./shrink.js", import.meta.url));
  const child = spawn(process.execPath, [...(typescript ? ["--import", "tsx"] : []), program], {
    stdio: ["pipe", "pipe", "ignore"],
    timeout: TIMEOUT_MS,
    killSignal: "SIGKILL",
  });
  try {
    if (child.pid !== undefined) setPriority(child.pid, NICE);
  } catch {
    // Gone already, or not allowed: it only takes longer for others.
  }
  const ended = new Promise<number | null>((resolve) =>
    child.once("error", () => resolve(null)).once("close", resolve),
  );
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  // A program that dies early breaks the pipe; its exit code says so.
  await pipeline(Readable.fromWeb(sheet), child.stdin).catch(() => undefined);
  const code = await ended;
  const picture = Buffer.concat(chunks);
  if (code === 0 && picture.byteLength > 0) return picture;
  throw new RetryableError("THUMBNAIL_FAILED", "the sheet could not be made small");
}
