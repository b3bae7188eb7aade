import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { killTree } from "./process-tree.ts";
import type { Later } from "./run-bench.ts";

export interface ForkOptions {
  /** `import.meta.url` of the caller; the module lies beside it. */
  beside: string;
  /** File name without its extension. */
  module: string;
  args?: string[];
  env?: Record<string, string>;
  later: Later;
}

/** A process that has said that it is ready. */
export interface Forked {
  child: ChildProcess;
  /** Its first message. */
  said: unknown;
  /** Kills it with its executors and waits for their end. */
  end(): Promise<void>;
}

/** Starts a module of the bench as a process and waits for its first message. It ends with us at the latest. */
export async function forkWorker(options: ForkOptions): Promise<Forked> {
  const extension = options.beside.endsWith(".ts") ? ".ts" : ".js";
  const path = fileURLToPath(new URL(`./${options.module}${extension}`, options.beside));
  const child = fork(path, options.args ?? [], {
    env: { ...process.env, LOG_LEVEL: "fatal", ...options.env },
  });
  const end = options.later(() => killTree(child.pid));
  const said = await new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", (code) => reject(new Error(`${options.module} ended with ${code}`)));
  });
  return { child, said, end };
}

/** For the forked side: says that it is ready, and makes it end with its parent, who decides about Ctrl-C. */
export function ready(message: unknown = "ready"): void {
  process.on("SIGINT", () => {});
  process.on("disconnect", () => process.exit(0));
  process.send?.(message);
}
