import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { killTree } from "./process-tree.ts";
import type { Later } from "./run-bench.ts";

/** A running `penstock up`. */
export interface RunningUp {
  pid: number;
  url: string;
  natsUrl: string;
  /** Asks it to stop and waits. */
  stop(): Promise<void>;
}

/** Starts `penstock up` as a user does, on free ports and with its own data folder. */
export async function startUp(later: Later, data: string, args: string[] = []): Promise<RunningUp> {
  const extension = import.meta.url.endsWith(".ts") ? ".ts" : ".js";
  const main = fileURLToPath(new URL(`../../cli/main${extension}`, import.meta.url));
  const options = ["up", "--data", data, "--port", "0", "--nats-port", "0", "--json", ...args];
  const { NATS_URL: _, ...env } = process.env;
  // A group of its own: Ctrl-C reaches us, and we stop it.
  const child = spawn(process.execPath, [...process.execArgv, main, ...options], {
    stdio: ["ignore", "pipe", "inherit"],
    env,
    detached: true,
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = later(async () => {
    child.kill("SIGTERM");
    const patience = setTimeout(() => void killTree(child.pid), 30_000);
    await exited;
    clearTimeout(patience);
  });
  const said = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (more: string) => {
      text += more;
      if (text.includes("\n")) resolve(text);
    });
    child.once("exit", (code) => reject(new Error(`penstock up ended with ${code}`)));
  });
  const { pid, url, natsUrl } = JSON.parse(said.split("\n")[0] ?? "");
  return { pid, url, natsUrl, stop };
}
