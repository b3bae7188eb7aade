import type { LogLine } from "#shared/messages";
import type { TaskState } from "../schemas/index.ts";
import type { Execution } from "./execution.ts";

/** Who a task is, known from any message about it. */
export interface TaskIdentity {
  id: string;
  pipeline: string;
  stage: string;
  queue: string;
  run: string;
  /** Part of the run the task is about; null for a task of the whole run. */
  part: string | null;
  generation: number;
}

/** A row of `tasks`, by column. */
export interface TaskRow extends TaskIdentity {
  /** Row number; 0 while it has none. */
  n: number;
  state: TaskState;
  /** Stream sequence of its message; 0 when unknown. */
  seq: number;
  /** How late in the life of that message the state comes: see `rankOf`. */
  rank: number;
  attempts: number;
  worker: string | null;
  created: number;
  updated: number;
  sent: number | null;
  received: number | null;
  started: number | null;
  ended: number | null;
  wait_ms: number | null;
  runtime_ms: number | null;
  retry_at: number | null;
  progress: number | null;
  note: string | null;
}

/** Texts of a task; null where nothing new is known. */
export interface TaskTexts {
  args: string | null;
  result: string | null;
  /** Lines to add to those that are known. */
  log: LogLine[] | null;
  error_kind: string | null;
  error_code: string | null;
  error_message: string | null;
  error_name: string | null;
  error_stack: string | null;
}

/** A task while a batch is applied: loaded once, written once. */
export interface Task {
  row: TaskRow;
  /** State the tables hold; null for a task they do not. */
  stored: TaskState | null;
  /** Executions by `<seq>/<attempt>`, those of the tables included. */
  executions: Map<string, Execution>;
  /** What the batch says about its texts. */
  texts: TaskTexts | null;
}

/** `<stage>.<run>` or `<stage>.<run>.<part>`, plus `.g<n>` for the n-th manual retry. */
export function taskId(stage: string, run: string, generation: number, part?: string): string {
  const task = part === undefined ? `${stage}.${run}` : `${stage}.${run}.${part}`;
  return generation > 0 ? `${task}.g${generation}` : task;
}

/** A task nobody heard of before. `at` becomes its place in lists. */
export function newTask(identity: TaskIdentity, seq: number, at: number): Task {
  const { id, pipeline, stage, queue, run, part, generation } = identity;
  const nothing = { sent: null, received: null, started: null, ended: null, wait_ms: null, runtime_ms: null };
  const row: TaskRow = {
    n: 0,
    ...{ id, pipeline, stage, queue, run, part, generation },
    ...{ state: "PENDING", seq, rank: 0, attempts: 0, worker: null, created: at, updated: at },
    ...nothing,
    ...{ retry_at: null, progress: null, note: null },
  };
  return { row, stored: null, executions: new Map(), texts: null };
}
