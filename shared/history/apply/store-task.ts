import type { LogLine } from "#shared/messages";
import type { Database, Value } from "../sql/database.ts";
import type { Execution } from "./execution.ts";
import type { Tallies } from "./tallies.ts";
import type { Task, TaskRow } from "./task.ts";

const COLUMNS = [
  ...[
    "id",
    "pipeline",
    "stage",
    "queue",
    "run",
    "part",
    "generation",
    "state",
    "seq",
    "rank",
    "attempts",
    "worker",
    "created",
  ],
  ...[
    "updated",
    "sent",
    "received",
    "started",
    "ended",
    "wait_ms",
    "runtime_ms",
    "retry_at",
    "progress",
    "note",
  ],
] as (keyof TaskRow)[];
const INSERT = `INSERT INTO tasks (${COLUMNS.join(", ")}) VALUES (${COLUMNS.map(() => "?").join(", ")})`;
/** What never changes in a task's life is not written again. */
const CHANGING = COLUMNS.slice(COLUMNS.indexOf("state")).filter((column) => column !== "created");
const UPDATE = `UPDATE tasks SET ${CHANGING.map((column) => `${column} = ?`).join(", ")} WHERE n = ?`;

/** The task as the tables hold it, or null. */
export function loadTask(db: Database, id: string): Task | null {
  const row = db.get("SELECT * FROM tasks WHERE id = ?", id) as unknown as TaskRow | undefined;
  if (!row) return null;
  const executions = db.all("SELECT * FROM attempts WHERE task = ?", row.n) as unknown as Execution[];
  return {
    row,
    stored: row.state,
    executions: new Map(
      executions.map((each) => [`${each.seq}/${each.attempt}`, { ...each, changed: false }]),
    ),
    texts: null,
  };
}

/** Writes a task once for all that a batch said about it. */
export function storeTask(db: Database, task: Task, tallies: Tallies): void {
  const { row, stored } = task;
  const values = (columns: (keyof TaskRow)[]) => columns.map((column) => row[column] as Value);
  if (row.n === 0) row.n = db.run(INSERT, ...values(COLUMNS)).id;
  else db.run(UPDATE, ...values(CHANGING), row.n);
  if (stored !== row.state) tallies.taskMoved(row.pipeline, row.stage, stored, row.state);
  for (const execution of task.executions.values())
    if (execution.changed) storeExecution(db, row.n, execution);
  if (task.texts) storeTexts(db, task, stored === null);
}

function storeExecution(db: Database, task: number, each: Execution): void {
  db.run(
    "INSERT OR REPLACE INTO attempts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    task,
    each.seq,
    each.attempt,
    each.worker,
    each.received,
    each.started,
    each.ended,
    each.runtime_ms,
    each.outcome,
    each.error_code,
    each.error_message,
  );
}

/** Merges texts into what is known, and indexes the whole of it for search. */
function storeTexts(db: Database, { row: { n }, texts }: Task, isNew: boolean): void {
  const { args, result, log, error_kind, error_code, error_message, error_name, error_stack } = texts!;
  db.run(
    `INSERT INTO task_bodies VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
       args = coalesce(excluded.args, args), result = coalesce(excluded.result, result), log = coalesce(excluded.log, log),
       error_kind = coalesce(excluded.error_kind, error_kind), error_code = coalesce(excluded.error_code, error_code),
       error_message = coalesce(excluded.error_message, error_message),
       error_name = coalesce(excluded.error_name, error_name), error_stack = coalesce(excluded.error_stack, error_stack)`,
    ...[
      n,
      args,
      result,
      log && JSON.stringify(joined(db, n, log)),
      error_kind,
      error_code,
      error_message,
      error_name,
      error_stack,
    ],
  );
  if (isNew && args !== null && result === null && error_code === null)
    db.run("INSERT INTO task_text (rowid, args, result, error) VALUES (?, ?, NULL, NULL)", n, args);
  else if (args !== null || result !== null || error_code !== null)
    db.run(
      `INSERT OR REPLACE INTO task_text (rowid, args, result, error)
       SELECT n, args, result, error_code || ' ' || error_message FROM task_bodies WHERE n = ?`,
      n,
    );
}

/** Lines kept with a task. */
const LOG_LINES = 200;

/** The last lines, those of earlier events and attempts included. */
function joined(db: Database, n: number, lines: LogLine[]): LogLine[] {
  const known = db.get("SELECT log FROM task_bodies WHERE n = ?", n)?.log as string | null | undefined;
  return [...(known ? (JSON.parse(known) as LogLine[]) : []), ...lines].slice(-LOG_LINES);
}
