import { spawn } from "node:child_process";
import { setPriority } from "node:os";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { fileURLToPath } from "node:url";
import { RetryableError } from "#shared/errors";
import type { PackedLevel } from "./pack.ts";

const TIMEOUT_MS = 120_000;
/** Below the stages, above the thumbnails: somebody looks at an empty viewer. */
const NICE = 2;

/**
 * Runs `cut` beside this process: a PNG as it comes becomes a pack of tiles at `path`.
 * @param kind "sheet", or a mask's colour as six hexadecimal digits
 * @param onLevel hears of each level as soon as its tiles can be read
 * @throws RetryableError `TILES_FAILED`
 */
export async function makePyramid(
  png: ReadableStream<Uint8Array>,
  path: string,
  kind: string,
  onLevel: (level: PackedLevel) => void,
): Promise<void> {
  const typescript = import.meta.url.endsWith(".ts");
  const program = fileURLToPath(new URL(typescript ? "./cut.ts" : "./cut.js", import.meta.url));
  const child = spawn(process.execPath, [...(typescript ? ["--import", "tsx"] : []), program, path, kind], {
    stdio: ["pipe", "pipe", "pipe"],
    timeout: TIMEOUT_MS,
    killSignal: "SIGKILL",
  });
  try {
    if (child.pid !== undefined) setPriority(child.pid, NICE);
  } catch {
    // Gone already, or not allowed: it only takes longer for others.
  }
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-2000);
  });
  const ended = new Promise<number | null>((resolve) =>
    child.once("error", () => resolve(null)).once("close", resolve),
  );
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (line) => onLevel(JSON.parse(line) as PackedLevel));
  // A program that dies early breaks the pipe; its exit code says so.
  await pipeline(Readable.fromWeb(png), child.stdin).catch(() => undefined);
  const code = await ended;
  if (code === 0) return;
  const reason = said.match(/Error: (.*)/)?.[1] ?? (code === null ? "stopped" : `exit code ${code}`);
  throw new RetryableError("TILES_FAILED", `the picture could not be cut into tiles: ${reason}`);
}
