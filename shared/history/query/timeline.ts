import type { RunQuery, Timeline } from "../schemas/index.ts";
import type { Database } from "../sql/database.ts";
import { findRun } from "./get-run.ts";
import { attemptsOf, TASK_COLUMNS, TASK_TABLES, toTask } from "./task-columns.ts";

/** What happened to a run and each attempt of its tasks. @throws PermanentError `RUN_NOT_FOUND` */
export function getTimeline(db: Database, query: RunQuery): Timeline {
  const run = findRun(db, query);
  const events = db
    .all("SELECT * FROM run_events WHERE run = ? ORDER BY seq DESC LIMIT 1000", run.n!)
    .reverse();
  const tasks = db
    .all(
      `SELECT ${TASK_COLUMNS} FROM ${TASK_TABLES} WHERE t.run = ? AND t.pipeline = ? ORDER BY t.created DESC, t.n DESC LIMIT 200`,
      run.uid!,
      run.pipeline!,
    )
    .reverse();
  return {
    uid: run.uid as string,
    pipeline: run.pipeline as string,
    events: events.map((row) => ({
      type: row.type as string,
      state: row.state as string,
      stage: row.stage as string | null,
      seq: row.seq as number,
      at: row.at as number,
      generation: row.generation as number,
    })),
    tasks: tasks.map((row) => ({ ...toTask(row), executions: attemptsOf(db, row.n as number).slice(-20) })),
  };
}
