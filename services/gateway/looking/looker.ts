import { type ChildProcess, fork } from "node:child_process";
import { setPriority } from "node:os";
import { fileURLToPath } from "node:url";
import { fromFailure, RetryableError } from "#shared/errors";
import type { Suggestion } from "#shared/learn";
import type { LookAnswer, LookRequest, NeedRequest, SuggestRequest } from "./requests.ts";

export interface LookerOptions {
  /** The program ends after this long without a question, ms. @default 60000 */
  idleMs?: number;
  /** Questions that may wait; one more is refused. @default 16 */
  waiting?: number;
}

interface Question {
  request: LookRequest;
  onWarning: (text: string) => void;
  resolve: (value: never) => void;
  reject: (error: Error) => void;
}

const TIMEOUT_MS = 60_000;
/** Below the stages: a person can choose a class without suggestions. */
const NICE = 2;

/**
 * Asks learned models about sheets in a program beside this process, which stays small: neither sharp nor ONNX Runtime is loaded
 * here. The program starts with the first question, keeps its models open for the next, and ends when nobody asks; questions
 * are answered one at a time, for each takes a core and some hundred megabytes for a large sheet.
 */
export class Looker implements AsyncDisposable {
  readonly #idleMs: number;
  readonly #most: number;
  readonly #waiting: Question[] = [];
  #child: ChildProcess | undefined;
  #current: Question | undefined;
  /** Ends a question that takes too long, or a program nobody asks. */
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: LookerOptions = {}) {
    this.#idleMs = options.idleMs ?? 60_000;
    this.#most = options.waiting ?? 16;
  }

  /** Process id of the program while it runs. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /**
   * Likely classes of doubtful boxes.
   * @param onWarning hears of models that cannot be used
   * @throws RetryableError `SUGGESTIONS_FAILED`, `SUGGESTIONS_BUSY`; what reading the artifacts threw there
   */
  suggest(request: SuggestRequest, onWarning: (text: string) => void): Promise<Suggestion[]> {
    return this.#ask({ ask: "suggestions", ...request }, onWarning);
  }

  /** How many corrections a diagram that waits probably needs; null when no model can say. Throws as `suggest`. */
  need(request: NeedRequest, onWarning: (text: string) => void): Promise<number | null> {
    return this.#ask({ ask: "need", ...request }, onWarning);
  }

  /** Ends the program; what was asked is refused. */
  async close(): Promise<void> {
    this.#closed = true;
    const child = this.#child;
    for (const question of this.#waiting.splice(0)) question.reject(failure("the gateway stops"));
    if (!child) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #ask<T>(request: LookRequest, onWarning: (text: string) => void): Promise<T> {
    if (this.#closed) return Promise.reject(failure("the gateway stops"));
    if (this.#waiting.length >= this.#most) {
      const busy = `${this.#most} sheets wait to be looked at already: ask again in a moment`;
      return Promise.reject(new RetryableError("SUGGESTIONS_BUSY", busy));
    }
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ request, onWarning, resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    if (this.#current) return;
    clearTimeout(this.#timer);
    this.#current = this.#waiting.shift();
    const child = this.#child ?? (this.#current && this.#start());
    if (!child) return;
    const busy = this.#current !== undefined;
    this.#timer = setTimeout(() => child.kill("SIGKILL"), busy ? TIMEOUT_MS : this.#idleMs);
    // Waiting for nothing keeps no process alive that has nothing else to do.
    if (busy) child.channel?.ref();
    else {
      this.#timer.unref();
      child.channel?.unref();
    }
    if (this.#current) child.send(this.#current.request, () => {});
  }

  #start(): ChildProcess {
    const typescript = import.meta.url.endsWith(".ts");
    const program = fileURLToPath(new URL(typescript ? "./look.ts" : "./look.js", import.meta.url));
    const execArgv = process.execArgv.filter((arg) => !arg.startsWith("--inspect"));
    const loader = typescript && !execArgv.some((arg) => arg.includes("tsx")) ? ["--import", "tsx"] : [];
    const child = fork(program, [], {
      execArgv: [...execArgv, ...loader],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    child.unref();
    try {
      if (child.pid !== undefined) setPriority(child.pid, NICE);
    } catch {
      // Gone already, or not allowed: it only takes longer for others.
    }
    child.on("message", (answer: LookAnswer) => {
      const question = this.#current;
      if (!question) return;
      if ("warning" in answer) return question.onWarning(answer.warning);
      this.#current = undefined;
      if ("value" in answer) question.resolve(answer.value as never);
      else question.reject(fromFailure(answer.failure));
      this.#next();
    });
    const gone = (how: string) => {
      if (this.#child !== child) return;
      this.#child = undefined;
      this.#current?.reject(failure(how));
      this.#current = undefined;
      this.#next();
    };
    child.once("error", (error) => gone(error.message));
    child.once("exit", (code, signal) => gone(signal ?? `exit code ${code}`));
    this.#child = child;
    return child;
  }
}

const failure = (how: string) =>
  new RetryableError("SUGGESTIONS_FAILED", `the sheet could not be looked at: ${how}`);
