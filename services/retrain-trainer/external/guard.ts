/**
 * A process between an executor and an external trainer: it starts the command in a process group of its own and kills the
 * whole group when it is told to, when the command is over, and when the executor is gone, however that ended.
 */
import { type ChildProcess, spawn } from "node:child_process";

/** Executor → guard. */
export type ToGuard =
  | { kind: "start"; program: string; args: string[]; env: Record<string, string> }
  | { kind: "signal"; signal: "SIGTERM" | "SIGKILL" };

/** Guard → executor. */
export type FromGuard =
  | { kind: "started" }
  | { kind: "failed"; message: string }
  | { kind: "ended"; code: number | null; signal: string | null };

let child: ChildProcess | undefined;

function signalGroup(signal: NodeJS.Signals): void {
  try {
    // A negative id is the group: whatever the command has started, too.
    if (child?.pid) process.kill(-child.pid, signal);
  } catch {
    // Nobody of it is left.
  }
}

const tell = (message: FromGuard) => process.send?.(message);

process.on("disconnect", () => {
  signalGroup("SIGKILL");
  process.exit(0);
});
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});

process.on("message", (message: ToGuard) => {
  if (message.kind === "signal") {
    signalGroup(message.signal);
    return;
  }
  child = spawn(message.program, message.args, {
    detached: true,
    env: message.env,
    stdio: ["ignore", "inherit", "inherit"],
  });
  child.once("spawn", () => tell({ kind: "started" }));
  child.once("error", (error) => {
    const failed: FromGuard = { kind: "failed", message: error.message };
    process.send?.(failed, () => process.exit(0));
  });
  child.once("exit", (code, signal) => {
    signalGroup("SIGKILL");
    process.send?.({ kind: "ended", code, signal } satisfies FromGuard, () => process.exit(0));
  });
});
