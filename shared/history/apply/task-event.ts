import type { TaskEvent } from "#shared/messages";
import { applyExecution } from "./execution.ts";
import type { Tallies } from "./tallies.ts";
import type { Task, TaskRow } from "./task.ts";
import { meaningOf, rankOf } from "./task-rank.ts";
import { applyTexts } from "./task-texts.ts";

/**
 * Applies one lifecycle event. Events of older messages of the same task (before a redrive) only add to its executions;
 * late events of the same message add what they know without moving the state back.
 */
export function applyTaskEvent(task: Task, event: TaskEvent, tallies: Tallies): void {
  const { row } = task;
  const seq = event.seq || row.seq;
  if (seq > row.seq) beginAgain(row, seq);
  applyExecution(task, seq, event, tallies);
  if (seq < row.seq) return;
  noteWait(row, event, tallies);
  move(row, event);
  applyTexts(task, event);
}

/** The task's message was sent again (a redrive, the next part of a join): its life starts over under the same id. */
function beginAgain(row: TaskRow, seq: number): void {
  // Sequence 0 was a placeholder: the events so far already are about this message.
  if (row.seq !== 0) {
    Object.assign(row, { rank: 0, state: "PENDING", sent: null, received: null, started: null, ended: null });
    Object.assign(row, { wait_ms: null, runtime_ms: null, retry_at: null, progress: null, note: null });
  }
  row.seq = seq;
}

/** The wait of a task is that of its first start. */
function noteWait(row: TaskRow, event: TaskEvent, tallies: Tallies): void {
  if (event.kind !== "started" || row.wait_ms !== null || (row.started !== null && event.attempt !== 1))
    return;
  const waitMs = event.waitMs ?? (row.sent === null ? null : event.at - row.sent);
  if (waitMs === null) return;
  row.wait_ms = Math.max(0, waitMs);
  tallies.took(event.pipeline, event.stage, "wait", row.wait_ms, event.at);
}

function move(row: TaskRow, event: TaskEvent): void {
  const { state, outcome } = meaningOf(event);
  const rank = rankOf(event);
  row.attempts = Math.max(row.attempts, event.attempt);
  if (event.kind === "sent") row.sent = event.at;
  if (rank < row.rank) {
    if (event.kind === "received") row.received ??= event.at;
    if (event.kind === "started") row.started ??= event.at;
    return;
  }
  // Handed back unfinished, the same attempt begins again elsewhere.
  row.rank = event.kind === "released" ? event.attempt * 10 : rank;
  row.state = state;
  row.updated = Math.max(row.updated, event.at);
  row.worker = event.worker ?? row.worker;
  row.progress = event.progress ?? row.progress;
  row.note = event.note?.slice(0, 1000) ?? row.note;
  if (event.kind === "received" || event.kind === "redelivered") row.received = event.at;
  if (event.kind === "started") row.started = event.at;
  row.retry_at = event.kind === "retried" ? event.at + (event.delayMs ?? 0) : null;
  if (!outcome) return;
  if (outcome !== "retried" && outcome !== "released") row.ended = event.at;
  row.runtime_ms = event.runtimeMs ?? row.runtime_ms;
}
