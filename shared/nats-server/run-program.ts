import { spawn } from "node:child_process";

/** Options of {@link runProgram}. */
export interface RunOptions {
  /** Killed after this. @default 120000 */
  timeoutMs?: number;
  cwd?: string;
}

/**
 * Runs a program to its end and gives back what it printed on stdout.
 * @throws Error with the last lines of its output when it cannot start, fails, or takes too long.
 */
export function runProgram(command: string, args: string[], options: RunOptions = {}): Promise<string> {
  const { timeoutMs = 120_000, cwd } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: timeoutMs,
      killSignal: "SIGKILL",
    });
    let out = "";
    let err = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      err += text;
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) return resolve(out);
      const lines = `${out}${err}`.trim().split("\n").slice(-3).join(" / ");
      const how = signal ? `was ended by ${signal} (limit ${timeoutMs} ms)` : `ended with code ${code}`;
      reject(new Error(`${command} ${how}: ${lines || "no output"}`));
    });
  });
}
