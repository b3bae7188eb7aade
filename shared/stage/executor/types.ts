import type { Failure } from "#shared/errors";
import type { LogLine } from "#shared/messages";
import type { LiveRef } from "#shared/models";
import type { Emission } from "../types.ts";

/** One attempt, as an executor needs it. */
export interface Job {
  /** Module whose default export is the stage's definition (file URL). */
  module: string;
  stage: string;
  /** Validated message. */
  message: unknown;
  task: { id: string; run: string; part?: string; stage: string; attempt: number; type: string };
  generation: number;
  /** Run-time settings that win over the environment. */
  options: Record<string, unknown>;
  /** Only loads the stage and builds what it needs; the handler is not called. */
  loadOnly?: boolean;
  contentTypes: Record<string, string>;
  /** What is live of the models the stage declares. */
  models: Record<string, LiveRef>;
}

export interface JobHooks {
  /** The handler begins now (an executor was free). */
  onStart(): void;
  onProgress(fraction: number, note?: string): void;
  onLog(line: LogLine): void;
  /** Which versions of models were opened, and why a live one was not. */
  onModels?(models: OpenedModels): void;
}

/** Versions of models in use, and what is wrong with live ones, by name. */
export interface OpenedModels {
  used: Record<string, string>;
  troubles: Record<string, string>;
}

/** A job under way. */
export interface Execution {
  /** Emissions, or rejects with what the handler threw, what killed it, or `EXECUTOR_DIED`. */
  readonly done: Promise<Emission[]>;
  /** Aborts the handler's signal; a handler that listens ends soon. */
  abort(reason: Failure): void;
  /** Ends it now, whatever it is doing; `done` rejects with the reason. */
  kill(reason: Error): void;
}

/** Runs handlers: in this process or beside it. */
export interface Executor {
  start(job: Job, hooks: JobHooks): Execution;
  /** Has executors that are warm for the job's stage and idle open the models that are live now. */
  refresh(job: Job, hooks: JobHooks): void;
  /** Jobs that would begin at once. */
  free(): number;
  /** Replaces the processes behind it without disturbing what runs; says how many. */
  renew(): number;
  /** An operator wants this many at once. */
  ensure(size: number): void;
  close(): Promise<void>;
}

/** Parent → child. */
export type ToChild = { kind: "run"; id: number; job: Job } | { kind: "abort"; id: number; reason: Failure };

/** Child → parent. */
export type FromChild =
  | { kind: "ready" }
  | { kind: "progress"; id: number; fraction: number; note?: string }
  | { kind: "log"; id: number; line: LogLine }
  | ({ kind: "models"; id: number } & OpenedModels)
  | { kind: "done"; id: number; emissions: Emission[] }
  | { kind: "failed"; id: number; failure: Failure };
