import { PermanentError } from "#shared/errors";
import type { RunDetail, RunPart, RunQuery } from "../schemas/index.ts";
import type { Database, Row } from "../sql/database.ts";
import { toRun } from "./run-columns.ts";
import { TASK_COLUMNS, TASK_TABLES, toTask } from "./task-columns.ts";

/** @throws PermanentError `RUN_NOT_FOUND` */
export function findRun(db: Database, { uid, pipeline }: RunQuery): Row {
  const row = pipeline
    ? db.get("SELECT * FROM runs WHERE uid = ? AND pipeline = ?", uid, pipeline)
    : db.get("SELECT * FROM runs WHERE uid = ? ORDER BY updated DESC LIMIT 1", uid);
  if (row) return row;
  const which = pipeline ? `${pipeline} run` : "run";
  throw new PermanentError("RUN_NOT_FOUND", `there is no ${which} "${uid}"`);
}

/** One run with the artifacts of its latest event. @throws PermanentError `RUN_NOT_FOUND` */
export function getRun(db: Database, query: RunQuery): RunDetail {
  const row = findRun(db, query);
  const body = db.get("SELECT artifacts, details FROM run_bodies WHERE n = ?", row.n!);
  const children = db.all(
    "SELECT uid FROM runs WHERE parent = ? AND pipeline = ? ORDER BY n LIMIT 1000",
    row.uid!,
    row.pipeline!,
  );
  return {
    ...toRun(row),
    artifacts: JSON.parse((body?.artifacts as string) ?? "{}"),
    details: JSON.parse((body?.details as string) ?? "{}"),
    children: children.map(({ uid }) => uid as string),
    parts: partsOf(db, row),
  };
}

/** The latest task of each part of a run. */
function partsOf(db: Database, run: Row): RunPart[] {
  const rows = db.all(
    `SELECT ${TASK_COLUMNS}, max(t.generation) FROM ${TASK_TABLES}
     WHERE t.run = ? AND t.pipeline = ? AND t.part IS NOT NULL GROUP BY t.part ORDER BY t.part LIMIT 1000`,
    run.uid!,
    run.pipeline!,
  );
  return rows.map(toTask).map(({ id, part, stage, state, attempts, started, ended, ...task }) => {
    const { runtimeMs, progress, note, error } = task;
    return {
      name: part!,
      task: id,
      ...{ stage, state, attempts, started, ended, runtimeMs, progress, note, error },
    };
  });
}
