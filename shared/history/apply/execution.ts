import type { TaskEvent } from "#shared/messages";
import type { AttemptOutcome } from "../schemas/index.ts";
import type { Tallies, TickOutcome } from "./tallies.ts";
import type { Task } from "./task.ts";
import { meaningOf } from "./task-rank.ts";

/** A row of `attempts`: one execution of a task. */
export interface Execution {
  seq: number;
  attempt: number;
  worker: string | null;
  received: number | null;
  started: number | null;
  ended: number | null;
  runtime_ms: number | null;
  outcome: AttemptOutcome | null;
  error_code: string | null;
  error_message: string | null;
  /** Not in the tables as it is here. */
  changed: boolean;
}

const TICKS: Partial<Record<AttemptOutcome, TickOutcome>> = {
  succeeded: "succeeded",
  failed: "failed",
  "dead-lettered": "failed",
  retried: "retried",
};

/** Ends that are only guessed, or not for good: a real one after them is news. */
const OPEN: ReadonlySet<AttemptOutcome | null> = new Set([null, "lost", "released"]);

/**
 * Keeps one entry per execution. An execution that is heard of while an earlier one is still open says that the earlier one
 * is lost; its real end, should it come after all, wins. An end is tallied once, however often it is told.
 * @param seq stream sequence of the message it works on
 */
export function applyExecution(task: Task, seq: number, event: TaskEvent, tallies: Tallies): void {
  if (event.kind === "sent" || event.kind === "progress" || event.attempt < 1) return;
  const execution = executionOf(task, seq, event.attempt);
  execution.changed = true;
  const { outcome } = meaningOf(event);
  if (outcome) {
    if (OPEN.has(execution.outcome)) tally(event, outcome, tallies);
    execution.outcome = outcome;
    execution.ended = event.at;
    execution.runtime_ms = event.runtimeMs ?? execution.runtime_ms;
    execution.error_code = event.error?.code ?? execution.error_code;
    execution.error_message = event.error?.message.slice(0, 2000) ?? execution.error_message;
  } else {
    // Handed back unfinished, the same attempt begins again elsewhere.
    if (execution.outcome === "released" && event.at >= execution.ended!)
      Object.assign(execution, {
        received: null,
        started: null,
        ended: null,
        runtime_ms: null,
        outcome: null,
      });
    if (event.kind === "started") execution.started ??= event.at;
    else execution.received ??= event.at;
  }
  execution.worker = event.worker ?? execution.worker;
  for (const earlier of task.executions.values())
    if (earlier.seq === seq && earlier.attempt < event.attempt && earlier.outcome === null)
      Object.assign(earlier, { outcome: "lost", ended: event.at, changed: true });
}

function executionOf(task: Task, seq: number, attempt: number): Execution {
  const key = `${seq}/${attempt}`;
  let execution = task.executions.get(key);
  if (!execution) {
    const nothing = { worker: null, received: null, started: null, ended: null, runtime_ms: null };
    execution = {
      seq,
      attempt,
      ...nothing,
      outcome: null,
      error_code: null,
      error_message: null,
      changed: true,
    };
    task.executions.set(key, execution);
  }
  return execution;
}

function tally(event: TaskEvent, outcome: AttemptOutcome, tallies: Tallies): void {
  const tick = TICKS[outcome];
  if (tick) tallies.ended(event.pipeline, event.stage, tick, event.at);
  if (outcome === "succeeded" && event.runtimeMs !== undefined)
    tallies.took(event.pipeline, event.stage, "run", event.runtimeMs, event.at);
}
