import type { TaskEvent } from "#shared/messages";
import type { Database } from "../sql/database.ts";

/** Longest log kept with a task, in lines and characters a line. */
const LOG_LINES = 200;
const LOG_LINE = 500;
const TEXT = 4000;

/** Keeps the texts an event carries. Returns true when something changed. */
export function applyTaskBody(db: Database, n: number, event: TaskEvent): boolean {
  const { args, result, error, log } = event;
  if (args === undefined && result === undefined && !error && !log?.length) return false;
  const lines = log?.length
    ? JSON.stringify(log.slice(-LOG_LINES).map((line) => line.slice(0, LOG_LINE)))
    : null;
  db.run(
    `INSERT INTO task_bodies VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
       args = coalesce(excluded.args, args), result = coalesce(excluded.result, result),
       log = coalesce(excluded.log, log),
       error_kind = coalesce(excluded.error_kind, error_kind), error_code = coalesce(excluded.error_code, error_code),
       error_message = coalesce(excluded.error_message, error_message),
       error_name = coalesce(excluded.error_name, error_name), error_stack = coalesce(excluded.error_stack, error_stack)`,
    n,
    args?.slice(0, TEXT) ?? null,
    result?.slice(0, TEXT) ?? null,
    lines,
    error?.kind ?? null,
    error?.code ?? null,
    error?.message.slice(0, TEXT) ?? null,
    error?.name ?? null,
    error?.stack?.slice(0, 2 * TEXT) ?? null,
  );
  return true;
}

/** Brings the search index up to date for the tasks of a batch: once each, however many of their events it held. */
export function indexTexts(db: Database, tasks: Iterable<number>): void {
  for (const n of tasks)
    db.run(
      `INSERT OR REPLACE INTO task_text (rowid, args, result, error, log)
       SELECT n, args, result, error_code || ' ' || error_message, substr(log, -4000) FROM task_bodies WHERE n = ?`,
      n,
    );
}
