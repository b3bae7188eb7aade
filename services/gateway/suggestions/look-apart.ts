import { fork } from "node:child_process";
import { setPriority } from "node:os";
import { fileURLToPath } from "node:url";
import { fromFailure, RetryableError } from "#shared/errors";
import type { Suggestion } from "#shared/learn";
import type { LookAnswer, LookRequest } from "./look.ts";

const TIMEOUT_MS = 60_000;
/** Below the stages: a person can choose a class without suggestions. */
const NICE = 2;

/** One at a time: each takes a core, and some hundred megabytes for a large sheet. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Runs `look` beside this process, which stays small: neither sharp nor ONNX Runtime is loaded here.
 * @param onWarning hears of models that cannot be used
 * @throws RetryableError `SUGGESTIONS_FAILED`; what reading the artifacts threw there
 */
export function lookApart(request: LookRequest, onWarning: (text: string) => void): Promise<Suggestion[]> {
  const mine = last.catch(() => undefined).then(() => run(request, onWarning));
  last = mine;
  return mine;
}

async function run(request: LookRequest, onWarning: (text: string) => void): Promise<Suggestion[]> {
  const typescript = import.meta.url.endsWith(".ts");
  const program = fileURLToPath(new URL(typescript ? "./look.ts" : "./look.js", import.meta.url));
  const execArgv = process.execArgv.filter((arg) => !arg.startsWith("--inspect"));
  const loader = typescript && !execArgv.some((arg) => arg.includes("tsx")) ? ["--import", "tsx"] : [];
  const child = fork(program, [], {
    execArgv: [...execArgv, ...loader],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    timeout: TIMEOUT_MS,
    killSignal: "SIGKILL",
  });
  try {
    if (child.pid !== undefined) setPriority(child.pid, NICE);
  } catch {
    // Gone already, or not allowed: it only takes longer for others.
  }
  try {
    return await new Promise((resolve, reject) => {
      const failed = (how: string) =>
        reject(new RetryableError("SUGGESTIONS_FAILED", `the sheet could not be looked at: ${how}`));
      child.on("message", (answer: LookAnswer) => {
        if ("warning" in answer) onWarning(answer.warning);
        else if ("suggestions" in answer) resolve(answer.suggestions);
        else reject(fromFailure(answer.failure));
      });
      child.once("error", (error) => failed(error.message));
      child.once("exit", (code, signal) => failed(signal ?? `exit code ${code}`));
      child.send(request, () => {});
    });
  } finally {
    child.kill("SIGKILL");
  }
}
