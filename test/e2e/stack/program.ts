import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The checkout; the tests here run what `npm run build` left in its dist/. */
export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

export interface ProgramOptions {
  args?: string[];
  /** Added to an environment in which nobody has configured Penstock. */
  env?: Record<string, string>;
}

/** A process of ours, its words kept. */
export interface Program extends AsyncDisposable {
  readonly pid: number;
  stdout(): string;
  stderr(): string;
  /** Resolves with the exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  running(): boolean;
  kill(signal: NodeJS.Signals): void;
}

/** What a test run leaves in the environment must not configure the processes under test. */
const FOREIGN =
  /^(NATS_|PENSTOCK_CODEC|LOG_LEVEL|GATEWAY_|TRACKER_|WORKER_|STOP_GRACE|VITEST|NODE_ENV|NODE_OPTIONS)/;
/** But for where nats-server is. */
const KEPT = new Set(["NATS_SERVER_BIN"]);

const started = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of started) child.kill("SIGKILL");
});

/**
 * Starts a built program as its own process.
 * @param script below the checkout, e.g. `dist/services/detect/index.js`
 */
export function startProgram(script: string, options: ProgramOptions = {}): Program {
  if (!existsSync(`${ROOT}${script}`)) throw new Error(`${script} is not there: run \`npm run build\` first`);
  const inherited = Object.entries(process.env).filter(([name]) => KEPT.has(name) || !FOREIGN.test(name));
  const child = spawn(process.execPath, [`${ROOT}${script}`, ...(options.args ?? [])], {
    cwd: ROOT,
    env: { ...Object.fromEntries(inherited), ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.add(child);
  const words = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    words.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    words.err += text;
  });
  const ended = new Promise<number | NodeJS.Signals>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      started.delete(child);
      resolve(signal ?? code ?? -1);
    });
  });
  return {
    pid: child.pid ?? 0,
    stdout: () => words.out,
    stderr: () => words.err,
    ended,
    running: () => child.exitCode === null && child.signalCode === null,
    kill: (signal) => child.kill(signal),
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** Runs a built program to its end. */
export async function runProgram(script: string, options: ProgramOptions = {}) {
  const program = startProgram(script, options);
  const code = await program.ended;
  return { code, stdout: program.stdout(), stderr: program.stderr() };
}
