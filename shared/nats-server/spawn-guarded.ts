import { type ChildProcess, spawn } from "node:child_process";

/**
 * Starts the program as `sh`'s own process (`exec`), beside a waiting shell that reads our end of a pipe. When this
 * process ends in any way, SIGKILL included, the pipe closes and that shell stops the program: TERM, and KILL when it
 * has not gone 10 s later. A line on the pipe means "ended already" and sends the shell home without killing a number
 * that may belong to another process by now.
 */
const GUARD = `exec 3<&0
self=$$
(
  if ! read -r line <&3; then
    kill -TERM $self
    n=0
    while kill -0 $self && [ $n -lt 100 ]; do sleep 0.1; n=$((n + 1)); done
    kill -KILL $self
  fi
) >/dev/null 2>&1 &
exec 3<&-
exec "$@" </dev/null`;

/**
 * Starts a long-lived program that never outlives this process. The child's pid is the program's own.
 * It gets a session of its own: Ctrl-C in a terminal reaches us, and we decide when the program stops.
 */
export function spawnGuarded(program: string, args: string[], env: NodeJS.ProcessEnv): ChildProcess {
  const child = spawn("/bin/sh", ["-c", GUARD, "penstock-guard", program, ...args], {
    detached: true,
    env,
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin?.on("error", () => {});
  child.once("exit", () => child.stdin?.end("ended\n"));
  return child;
}
