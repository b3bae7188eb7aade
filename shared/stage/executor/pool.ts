import { type ChildProcess, fork } from "node:child_process";
import { getPriority, setPriority } from "node:os";
import { fileURLToPath } from "node:url";
import { fromFailure, RetryableError } from "#shared/errors";
import type { Emission } from "../types.ts";
import type { Execution, Executor, FromChild, Job, JobHooks, ToChild } from "./types.ts";

export interface PoolOptions {
  /** Most processes at once. */
  size: number;
  /** An executor without work ends after this. @default 60000 */
  idleMs?: number;
  /** Added to the environment of the children (where NATS is). */
  env?: Record<string, string>;
  /** Which waiting job goes first: higher is earlier. @default all alike */
  priority?: (stage: string) => number;
  /** Called when a place comes free. */
  onFree?: () => void;
}

interface Child {
  process: ChildProcess;
  modules: Set<string>;
  /** False until the process has started up; a job's clock begins after that. */
  ready: boolean;
  idleTimer: NodeJS.Timeout | undefined;
  current: { id: number; entry: Entry } | undefined;
  /** Takes no more jobs: it ends with the one it has. */
  last?: boolean;
}

interface Entry {
  job: Job;
  hooks: JobHooks;
  resolve: (emissions: Emission[]) => void;
  reject: (error: Error) => void;
  child: Child | undefined;
  aborted: Parameters<Execution["abort"]>[0] | undefined;
}

/** Executors use every core there is; whoever only needs a moment (heartbeats, uploads, the server) goes before them. */
const NICE = 10;
const MOST_NICE = 19;

function yieldToOthers(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, Math.min(MOST_NICE, getPriority() + NICE));
  } catch {
    // Gone already, or not allowed here: it works all the same.
  }
}

/** `child.js` beside this file, or `child.ts` through tsx when running from source. */
function childModule(): { path: string; execArgv: string[] } {
  const typescript = import.meta.url.endsWith(".ts");
  const path = fileURLToPath(new URL(typescript ? "./child.ts" : "./child.js", import.meta.url));
  const execArgv = process.execArgv.filter((arg) => !arg.startsWith("--inspect"));
  if (typescript && !execArgv.some((arg) => arg.includes("tsx")))
    return { path, execArgv: ["--import", "tsx"] };
  return { path, execArgv };
}

/**
 * Runs handlers in child processes beside the event loop: heartbeats leave while they compute, a hard limit can kill
 * native code, a crash costs one attempt. Children start on demand, stay warm for stages they have loaded (ONNX
 * sessions), and end when idle, so that a quiet system needs little memory.
 */
export class ExecutorPool implements Executor {
  readonly #options: PoolOptions;
  #size: number;
  readonly #children = new Set<Child>();
  readonly #waiting: Entry[] = [];
  #nextId = 0;
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#size = options.size;
  }

  /** Makes room for at least this many executors; they start when there is work for them. */
  ensure(size: number): void {
    if (size <= this.#size) return;
    this.#size = size;
    this.#dispatch();
  }

  free(): number {
    let busy = 0;
    for (const child of this.#children) if (child.current) busy++;
    return Math.max(0, this.#size - busy - this.#waiting.length);
  }

  /** Process ids of the executors, for tests and `penstock status`. */
  pids(): number[] {
    return [...this.#children].map((child) => child.process.pid ?? 0);
  }

  start(job: Job, hooks: JobHooks): Execution {
    let entry!: Entry;
    const done = new Promise<Emission[]>((resolve, reject) => {
      entry = { job, hooks, resolve, reject, child: undefined, aborted: undefined };
    });
    this.#waiting.push(entry);
    this.#dispatch();
    return {
      done,
      abort: (reason) => {
        entry.aborted = reason;
        const current = entry.child?.current;
        if (current?.entry === entry) this.#send(entry.child!, { kind: "abort", id: current.id, reason });
      },
      kill: (reason) => {
        entry.reject(reason);
        const at = this.#waiting.indexOf(entry);
        if (at >= 0) this.#waiting.splice(at, 1);
        else if (entry.child?.current?.entry === entry) entry.child.process.kill("SIGKILL");
      },
    };
  }

  refresh(job: Job, hooks: JobHooks): void {
    for (const child of this.#children) {
      if (child.current || !child.modules.has(job.module) || this.#closed) continue;
      const entry = { job, hooks, resolve() {}, reject() {}, child: undefined, aborted: undefined };
      this.#assign(child, entry);
    }
  }

  /** Replaces every executor: idle ones now, busy ones when their job is done. @returns how many */
  renew(): number {
    const children = [...this.#children];
    for (const child of children)
      if (child.current) child.last = true;
      else this.#retire(child);
    return children.length;
  }

  async close(): Promise<void> {
    this.#closed = true;
    const ends = [...this.#children].map((child) => {
      clearTimeout(child.idleTimer);
      const end = new Promise<void>((resolve) => child.process.once("exit", () => resolve()));
      child.process.kill("SIGKILL");
      return end;
    });
    await Promise.all(ends);
  }

  #dispatch(): void {
    while (this.#waiting.length > 0 && !this.#closed) {
      const entry = this.#takeNext();
      const child = this.#idleChild(entry.job.module);
      if (!child) {
        this.#waiting.unshift(entry);
        return;
      }
      this.#assign(child, entry);
    }
  }

  #takeNext(): Entry {
    const { priority } = this.#options;
    let best = 0;
    if (priority)
      for (let i = 1; i < this.#waiting.length; i++)
        if (priority(this.#waiting[i]!.job.stage) > priority(this.#waiting[best]!.job.stage)) best = i;
    return this.#waiting.splice(best, 1)[0]!;
  }

  /** A free executor, best one that has the stage loaded; a new one while there is room. */
  #idleChild(module: string): Child | undefined {
    let found: Child | undefined;
    for (const child of this.#children)
      if (!child.current && (!found || child.modules.has(module))) found = child;
    if (found?.modules.has(module)) return found;
    // One warm process beats two cold ones: another starts only when none is free.
    if (found) return found;
    return this.#children.size < this.#size ? this.#spawn() : undefined;
  }

  #assign(child: Child, entry: Entry): void {
    clearTimeout(child.idleTimer);
    const id = this.#nextId++;
    child.current = { id, entry };
    child.modules.add(entry.job.module);
    entry.child = child;
    if (child.ready) entry.hooks.onStart();
    this.#send(child, { kind: "run", id, job: entry.job });
    if (entry.aborted) this.#send(child, { kind: "abort", id, reason: entry.aborted });
  }

  #send(child: Child, message: ToChild): void {
    if (child.process.connected) child.process.send(message);
  }

  #spawn(): Child {
    const { path, execArgv } = childModule();
    const child: Child = {
      process: fork(path, [], {
        execArgv,
        env: { ...process.env, ...this.#options.env },
        serialization: "advanced",
        stdio: ["ignore", "inherit", "inherit", "ipc"],
      }),
      modules: new Set(),
      ready: false,
      idleTimer: undefined,
      current: undefined,
    };
    this.#children.add(child);
    yieldToOthers(child.process.pid);
    child.process.on("message", (message) => this.#receive(child, message as FromChild));
    child.process.on("error", () => {});
    child.process.on("exit", (code, signal) => this.#exited(child, signal ?? `exit code ${code}`));
    return child;
  }

  #receive(child: Child, message: FromChild): void {
    const current = child.current;
    if (message.kind === "ready") {
      child.ready = true;
      current?.entry.hooks.onStart();
      return;
    }
    if (!current || message.id !== current.id) return;
    const { hooks, resolve, reject } = current.entry;
    if (message.kind === "progress") {
      hooks.onProgress(message.fraction, message.note);
      return;
    }
    if (message.kind === "log") {
      hooks.onLog(message.line);
      return;
    }
    if (message.kind === "models") {
      hooks.onModels?.({ used: message.used, troubles: message.troubles });
      return;
    }
    child.current = undefined;
    if (child.last) this.#retire(child);
    else {
      child.idleTimer = setTimeout(() => this.#retire(child), this.#options.idleMs ?? 60_000);
      child.idleTimer.unref();
    }
    if (message.kind === "done") resolve(message.emissions);
    else reject(fromFailure(message.failure));
    this.#dispatch();
    this.#options.onFree?.();
  }

  /** Out of sight before it dies: a job given to it in between would die with it. */
  #retire(child: Child): void {
    clearTimeout(child.idleTimer);
    this.#children.delete(child);
    child.process.kill("SIGKILL");
  }

  #exited(child: Child, how: string): void {
    clearTimeout(child.idleTimer);
    this.#children.delete(child);
    child.current?.entry.reject(
      new RetryableError("EXECUTOR_DIED", `the executor process ended while working: ${how}`),
    );
    child.current = undefined;
    this.#dispatch();
    if (!this.#closed) this.#options.onFree?.();
  }
}
