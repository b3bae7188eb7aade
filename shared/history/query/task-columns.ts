import type { Attempt, TaskSummary } from "../schemas/index.ts";
import type { Database, Row } from "../sql/database.ts";

/** Characters of arguments and result shown in lists. */
const GLANCE = 300;

/** Columns {@link toTask} needs, with the bodies joined. */
export const TASK_COLUMNS = `t.*, substr(b.args, 1, ${GLANCE}) AS args, substr(b.result, 1, ${GLANCE}) AS result,
  b.error_code, substr(b.error_message, 1, ${GLANCE}) AS error_message, NULL AS error_stack`;
/** The same with whole texts. */
export const FULL_COLUMNS = "t.*, b.args, b.result, b.error_code, b.error_message, b.error_stack";
export const TASK_TABLES = "tasks t LEFT JOIN task_bodies b ON b.n = t.n";

/** A row of `tasks` as people see it. */
export function toTask(row: Row): TaskSummary {
  return {
    id: row.id as string,
    pipeline: row.pipeline as string,
    stage: row.stage as string,
    queue: row.queue as string,
    run: row.run as string,
    part: row.part as string | null,
    generation: row.generation as number,
    state: row.state as TaskSummary["state"],
    attempts: row.attempts as number,
    worker: row.worker as string | null,
    seq: row.seq as number,
    created: row.created as number,
    updated: row.updated as number,
    sent: row.sent as number | null,
    received: row.received as number | null,
    started: row.started as number | null,
    ended: row.ended as number | null,
    waitMs: row.wait_ms as number | null,
    runtimeMs: row.runtime_ms as number | null,
    retryAt: row.retry_at as number | null,
    progress: row.progress as number | null,
    note: row.note as string | null,
    args: row.args as string | null,
    result: row.result as string | null,
    error: toError(row),
  };
}

function toError(row: Row) {
  if (row.error_code === null) return null;
  const error = { code: row.error_code as string, message: (row.error_message as string) ?? "" };
  return row.error_stack ? { ...error, stack: row.error_stack as string } : error;
}

/** The executions of a task, oldest first. */
export function attemptsOf(db: Database, n: number): Attempt[] {
  const rows = db
    .all("SELECT * FROM attempts WHERE task = ? ORDER BY seq DESC, attempt DESC LIMIT 200", n)
    .reverse();
  return rows.map((row) => ({
    attempt: row.attempt as number,
    seq: row.seq as number,
    worker: row.worker as string | null,
    received: row.received as number | null,
    started: row.started as number | null,
    ended: row.ended as number | null,
    runtimeMs: row.runtime_ms as number | null,
    outcome: row.outcome as Attempt["outcome"],
    error: toError(row),
  }));
}
