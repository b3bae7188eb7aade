import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Later } from "./run-bench.ts";

/** A sheet of the generator, as a file: the same seed and size, the same sheet. */
export interface SheetRequest {
  widthPx: number;
  heightPx: number;
  seed: number;
  folder: string;
  later: Later;
}

/** Draws a sheet in a process of its own, whose memory goes with it. @returns path of the PNG */
export async function makeSheet({ widthPx, heightPx, seed, folder, later }: SheetRequest): Promise<string> {
  const extension = import.meta.url.endsWith(".ts") ? ".ts" : ".js";
  const main = fileURLToPath(new URL(`../../cli/main${extension}`, import.meta.url));
  const args = ["synth", "--out", folder, "--seed", `${seed}`, "--size", `${widthPx}x${heightPx}`, "--json"];
  const child = spawn(process.execPath, [...process.execArgv, main, ...args], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  later(() => child.kill("SIGKILL"));
  const code = await new Promise((resolve) => child.once("exit", resolve));
  if (code !== 0) throw new Error(`the generator ended with ${code}`);
  return join(folder, `s${String(seed).padStart(6, "0")}.png`);
}
