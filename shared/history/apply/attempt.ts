import type { TaskEvent } from "#shared/messages";
import type { Database } from "../sql/database.ts";
import type { Tallies, TickOutcome } from "./tallies.ts";
import { meaningOf } from "./task-rank.ts";

const TICKS: Partial<Record<string, TickOutcome>> = {
  succeeded: "succeeded",
  failed: "failed",
  "dead-lettered": "failed",
  retried: "retried",
};

/**
 * Keeps one row per execution. An execution that begins while an earlier one is still open says that the earlier one is
 * lost; its real end, should it come after all, wins. An end is tallied once, however often it is told.
 */
export function applyAttempt(
  db: Database,
  task: number,
  seq: number,
  event: TaskEvent,
  tallies: Tallies,
): void {
  if (event.kind === "sent" || event.kind === "progress" || event.attempt < 1) return;
  const before = db.get(
    "SELECT outcome FROM attempts WHERE task = ? AND seq = ? AND attempt = ?",
    task,
    seq,
    event.attempt,
  );
  const { outcome } = meaningOf(event.kind);
  const received = event.kind === "received" || event.kind === "redelivered" ? event.at : null;
  const started = event.kind === "started" ? event.at : null;
  db.run(
    `INSERT INTO attempts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET worker = coalesce(excluded.worker, worker), received = coalesce(received, excluded.received),
       started = coalesce(started, excluded.started),
       ended = CASE WHEN excluded.outcome IS NULL THEN ended ELSE excluded.ended END,
       runtime_ms = coalesce(excluded.runtime_ms, runtime_ms), outcome = coalesce(excluded.outcome, outcome),
       error_code = coalesce(excluded.error_code, error_code),
       error_message = coalesce(excluded.error_message, error_message)`,
    task,
    seq,
    event.attempt,
    event.worker ?? null,
    received,
    started,
    outcome ? event.at : null,
    event.runtimeMs ?? null,
    outcome,
    event.error?.code ?? null,
    event.error?.message.slice(0, 2000) ?? null,
  );
  if (outcome) {
    const already = before?.outcome != null && before.outcome !== "lost";
    const tick = TICKS[outcome];
    if (tick && !already) tallies.ended(event.pipeline, event.stage, tick, event.at);
    if (outcome === "succeeded" && !already && event.runtimeMs !== undefined)
      tallies.took(event.pipeline, event.stage, "run", event.runtimeMs, event.at);
  } else if (event.attempt > 1)
    db.run(
      "UPDATE attempts SET outcome = 'lost', ended = ? WHERE task = ? AND seq = ? AND attempt < ? AND outcome IS NULL",
      event.at,
      task,
      seq,
      event.attempt,
    );
}
