import type { TaskEvent } from "#shared/messages";
import type { Database, Row } from "../sql/database.ts";
import type { Tallies, TickOutcome } from "./tallies.ts";
import { meaningOf } from "./task-rank.ts";

const TICKS: Partial<Record<string, TickOutcome>> = {
  succeeded: "succeeded",
  failed: "failed",
  "dead-lettered": "failed",
  retried: "retried",
};

/** Which execution: of which task, of which of its messages, the how-manieth. */
type Key = [task: number, seq: number, attempt: number];

/**
 * Keeps one row per execution. An execution that is heard of while an earlier one is still open says that the earlier one
 * is lost; its real end, should it come after all, wins. An end is tallied once, however often it is told.
 */
export function applyAttempt(
  db: Database,
  task: number,
  seq: number,
  event: TaskEvent,
  tallies: Tallies,
): void {
  if (event.kind === "sent" || event.kind === "progress" || event.attempt < 1) return;
  const key: Key = [task, seq, event.attempt];
  const before = db.get(
    "SELECT outcome, ended FROM attempts WHERE task = ? AND seq = ? AND attempt = ?",
    ...key,
  );
  const { outcome } = meaningOf(event);
  if (outcome) endAttempt(db, key, event, outcome);
  else beginAttempt(db, key, event, before);
  if (outcome && isNews(before)) tally(event, outcome, tallies);
  if (event.attempt > 1)
    db.run(
      "UPDATE attempts SET outcome = 'lost', ended = ? WHERE task = ? AND seq = ? AND attempt < ? AND outcome IS NULL",
      event.at,
      ...key,
    );
}

/** An end told for the first time: none was known, or one that was only guessed or not for good. */
const isNews = (before: Row | undefined) =>
  before === undefined ||
  before.outcome === null ||
  before.outcome === "lost" ||
  before.outcome === "released";

function beginAttempt(db: Database, key: Key, event: TaskEvent, before: Row | undefined): void {
  // Handed back unfinished, the same attempt begins again elsewhere.
  if (before?.outcome === "released" && event.at >= (before.ended as number))
    db.run("DELETE FROM attempts WHERE task = ? AND seq = ? AND attempt = ?", ...key);
  db.run(
    `INSERT INTO attempts (task, seq, attempt, worker, received, started) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET worker = coalesce(excluded.worker, worker),
       received = coalesce(received, excluded.received), started = coalesce(started, excluded.started)`,
    ...key,
    event.worker ?? null,
    event.kind === "started" ? null : event.at,
    event.kind === "started" ? event.at : null,
  );
}

function endAttempt(db: Database, key: Key, event: TaskEvent, outcome: string): void {
  db.run(
    `INSERT INTO attempts (task, seq, attempt, worker, ended, runtime_ms, outcome, error_code, error_message)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET worker = coalesce(excluded.worker, worker), ended = excluded.ended,
       runtime_ms = coalesce(excluded.runtime_ms, runtime_ms), outcome = excluded.outcome,
       error_code = coalesce(excluded.error_code, error_code),
       error_message = coalesce(excluded.error_message, error_message)`,
    ...key,
    event.worker ?? null,
    event.at,
    event.runtimeMs ?? null,
    outcome,
    event.error?.code ?? null,
    event.error?.message.slice(0, 2000) ?? null,
  );
}

function tally(event: TaskEvent, outcome: string, tallies: Tallies): void {
  const tick = TICKS[outcome];
  if (tick) tallies.ended(event.pipeline, event.stage, tick, event.at);
  if (outcome === "succeeded" && event.runtimeMs !== undefined)
    tallies.took(event.pipeline, event.stage, "run", event.runtimeMs, event.at);
}
