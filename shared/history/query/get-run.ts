import { PermanentError } from "#shared/errors";
import type { RunDetail, RunQuery } from "../schemas/index.ts";
import type { Database, Row } from "../sql/database.ts";
import { toRun } from "./run-columns.ts";

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
  };
}
