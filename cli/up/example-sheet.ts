import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { RetryableError } from "#shared/errors";

/** Which sheet the generator draws for the demo, and how large. */
const SEED = "42";
const SIZE = "2400x1700";
const NAME = "s000042.png";

/**
 * A generated example sheet in a folder, drawn once. The generator runs in a process of its own: its canvas would stay
 * in our memory.
 */
export async function exampleSheet(folder: string): Promise<string> {
  const path = join(folder, NAME);
  if (existsSync(path)) return path;
  const typescript = import.meta.url.endsWith(".ts");
  const main = fileURLToPath(new URL(typescript ? "../main.ts" : "../main.js", import.meta.url));
  const loader = typescript ? ["--import", "tsx"] : [];
  const args = [
    ...loader,
    main,
    "synth",
    "--out",
    folder,
    "--count",
    "1",
    "--seed",
    SEED,
    "--size",
    SIZE,
    "--json",
  ];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint += text;
  });
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once("error", reject).once("close", resolve),
  );
  if (code === 0 && existsSync(path)) return path;
  throw new RetryableError(
    "NO_EXAMPLE_SHEET",
    `the example sheet could not be drawn: ${complaint.trim().slice(-500)}`,
  );
}
