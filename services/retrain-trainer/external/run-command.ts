import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { passEnv } from "#shared/config";
import { PermanentError, RetryableError } from "#shared/errors";
import type { FromGuard, ToGuard } from "./guard.ts";
import { lines } from "./lines.ts";

export interface RunOptions {
  /** Program and its arguments; no shell. */
  command: readonly string[];
  /** Aborting it asks the command to stop. */
  signal: AbortSignal;
  /** Longer is a failure. */
  limitMs: number;
  /** Between asking to stop and killing. */
  graceMs: number;
  onLine(line: string): void;
}

/** How long the last lines of a command that is over are waited for. */
const LAST_WORDS_MS = 5_000;

/** What of our environment a trainer gets: no password, no address of ours. */
const PASSED = ["PATH", "HOME", "LANG", "TMPDIR", "PYTHONPATH", "LD_LIBRARY_PATH", "CUDA_VISIBLE_DEVICES"];

const environment = () => ({ ...passEnv(PASSED), PYTHONUNBUFFERED: "1" });

/**
 * Runs an external trainer to its end, with everything it starts in one process group that never outlives us.
 * @throws PermanentError `TRAINER_NOT_STARTED`, `TRAINER_FAILED` (exit code), `TRAINER_TIMED_OUT`; RetryableError
 * `TRAINER_KILLED` (a signal that was not ours); what `signal` was aborted with, once the command is gone
 */
export async function runCommand(options: RunOptions): Promise<void> {
  const { command, signal, limitMs, graceMs } = options;
  signal.throwIfAborted();
  const [program = "", ...args] = command;
  const guard = startGuard();
  const said = [lines(guard.stdout!, options.onLine), lines(guard.stderr!, options.onLine)];
  const send = (message: ToGuard) => {
    if (guard.connected) guard.send(message);
  };
  let late = false;
  let grace: NodeJS.Timeout | undefined;
  const askToStop = () => {
    send({ kind: "signal", signal: "SIGTERM" });
    grace = setTimeout(() => send({ kind: "signal", signal: "SIGKILL" }), graceMs);
  };
  const limit = setTimeout(() => {
    late = true;
    send({ kind: "signal", signal: "SIGKILL" });
  }, limitMs);
  signal.addEventListener("abort", askToStop, { once: true });
  try {
    const end = await new Promise<Exclude<FromGuard, { kind: "started" }>>((resolve) => {
      guard.on("message", (message: FromGuard) => {
        if (message.kind !== "started") resolve(message);
      });
      guard.once("exit", (code, how) => resolve({ kind: "ended", code, signal: how ?? "its guard's end" }));
      guard.once("error", (error) => resolve({ kind: "failed", message: error.message }));
      send({ kind: "start", program, args, env: environment() });
    });
    // A program that has left the group may hold on to our end of its output for ever.
    await Promise.race([
      Promise.all(said),
      new Promise((resolve) => setTimeout(resolve, LAST_WORDS_MS).unref()),
    ]);
    signal.throwIfAborted();
    if (end.kind === "failed")
      throw new PermanentError(
        "TRAINER_NOT_STARTED",
        `the trainer "${program}" could not be started: ${end.message}`,
      );
    if (late)
      throw new PermanentError(
        "TRAINER_TIMED_OUT",
        `the trainer "${program}" was not done within ${limitMs / 1000} s and was killed with all it had started`,
      );
    if (end.signal !== null)
      throw new RetryableError("TRAINER_KILLED", `the trainer "${program}" was ended by ${end.signal}`);
    if (end.code !== 0)
      throw new PermanentError("TRAINER_FAILED", `the trainer "${program}" ended with exit code ${end.code}`);
  } finally {
    clearTimeout(limit);
    clearTimeout(grace);
    signal.removeEventListener("abort", askToStop);
    // Takes the group along, should anything of it be left.
    if (guard.connected) guard.disconnect();
    guard.stdout?.destroy();
    guard.stderr?.destroy();
  }
}

function startGuard(): ChildProcess {
  const typescript = import.meta.url.endsWith(".ts");
  const module = fileURLToPath(new URL(typescript ? "./guard.ts" : "./guard.js", import.meta.url));
  const execArgv = process.execArgv.filter((arg) => !arg.startsWith("--inspect"));
  const loader = typescript && !execArgv.some((arg) => arg.includes("tsx")) ? ["--import", "tsx"] : [];
  return fork(module, [], { execArgv: [...execArgv, ...loader], stdio: ["ignore", "pipe", "pipe", "ipc"] });
}
