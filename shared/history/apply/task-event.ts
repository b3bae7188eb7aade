import type { TaskEvent } from "#shared/messages";
import type { Database, Row } from "../sql/database.ts";
import { applyAttempt } from "./attempt.ts";
import type { Tallies } from "./tallies.ts";
import { applyTaskBody } from "./task-body.ts";
import { meaningOf, rankOf } from "./task-rank.ts";
import { taskRow } from "./task-row.ts";

/** What a batch gathers besides rows. */
export interface Gathered {
  tallies: Tallies;
  /** Rows of tasks whose searchable text changed. */
  texts: Set<number>;
}

/**
 * Applies one lifecycle event. Events of older messages of the same task (before a redrive) only add to its attempts; late
 * events of the same message add what they know without moving the state back.
 */
export function applyTaskEvent(db: Database, event: TaskEvent, gathered: Gathered): void {
  const identity = { ...event, id: event.task };
  let row = taskRow(db, identity, event.seq, event.at);
  const seq = event.seq || (row.seq as number);
  if (seq > (row.seq as number)) row = beginAgain(db, row, seq);
  applyAttempt(db, row.n as number, seq, event, gathered.tallies);
  if (seq < (row.seq as number)) return;
  moveTask(db, row, event, gathered.tallies);
  if (applyTaskBody(db, row.n as number, event)) gathered.texts.add(row.n as number);
}

/** The task's message was sent again (a redrive, the next part of a join): its life starts over under the same id. */
export function beginAgain(db: Database, row: Row, seq: number): Row {
  // Sequence 0 was a placeholder: the events so far already are about this message.
  if (row.seq === 0) {
    db.run("UPDATE tasks SET seq = ? WHERE n = ?", seq, row.n!);
    return { ...row, seq };
  }
  db.run(
    `UPDATE tasks SET seq = ?, rank = 0, state = 'PENDING', sent = NULL, received = NULL, started = NULL, ended = NULL,
       wait_ms = NULL, runtime_ms = NULL, retry_at = NULL, progress = NULL, note = NULL WHERE n = ?`,
    seq,
    row.n!,
  );
  return { ...row, seq, rank: 0, sent: null, received: null, started: null, wait_ms: null };
}

/** Columns an event sets whatever its rank, because it alone knows them. */
function moveTask(db: Database, row: Row, event: TaskEvent, tallies: Tallies): void {
  const set: Record<string, string | number | null> = {
    attempts: Math.max(row.attempts as number, event.attempt),
  };
  const { state, outcome } = meaningOf(event);
  const rank = rankOf(event);
  if (event.kind === "sent") set.sent = event.at;
  if (event.kind === "started" && (row.started === null || event.attempt === 1)) {
    const waitMs = event.waitMs ?? (row.sent === null ? null : event.at - (row.sent as number));
    if (waitMs !== null && row.wait_ms === null) {
      set.wait_ms = Math.max(0, waitMs);
      tallies.took(event.pipeline, event.stage, "wait", Math.max(0, waitMs), event.at);
    }
  }
  if (rank >= (row.rank as number)) {
    // Handed back unfinished, the same attempt begins again elsewhere.
    set.rank = event.kind === "released" ? event.attempt * 10 : rank;
    set.state = state;
    set.updated = Math.max(row.updated as number, event.at);
    if (event.worker !== undefined) set.worker = event.worker;
    if (event.progress !== undefined) set.progress = event.progress;
    if (event.note !== undefined) set.note = event.note.slice(0, 1000);
    if (event.kind === "received" || event.kind === "redelivered") set.received = event.at;
    if (event.kind === "started") set.started = event.at;
    set.retry_at = event.kind === "retried" ? event.at + (event.delayMs ?? 0) : null;
    if (outcome && outcome !== "retried" && outcome !== "released") set.ended = event.at;
    if (outcome && event.runtimeMs !== undefined) set.runtime_ms = event.runtimeMs;
  } else {
    if (event.kind === "received" && row.received === null) set.received = event.at;
    if (event.kind === "started" && row.started === null) set.started = event.at;
  }
  const columns = Object.keys(set);
  db.run(
    `UPDATE tasks SET ${columns.map((column) => `${column} = ?`).join(", ")} WHERE n = ?`,
    ...(Object.values(set) as string[]),
    row.n!,
  );
}
