import { PermanentError } from "#shared/errors";
import type { TaskDetail, TaskQuery } from "../schemas/index.ts";
import type { Database } from "../sql/database.ts";
import { attemptsOf, TASK_COLUMNS, TASK_TABLES, toTask } from "./task-columns.ts";

/** One task with whole texts and every execution. @throws PermanentError `TASK_NOT_FOUND` */
export function getTask(db: Database, { id }: TaskQuery): TaskDetail {
  const row = db.get(`SELECT ${TASK_COLUMNS} FROM ${TASK_TABLES} WHERE t.id = ?`, id);
  if (!row) throw new PermanentError("TASK_NOT_FOUND", `there is no task "${id}"`);
  const body = db.get("SELECT * FROM task_bodies WHERE n = ?", row.n!);
  const text = (column: string) => (body?.[column] as string | null | undefined) ?? null;
  return {
    ...toTask(row),
    args: text("args"),
    result: text("result"),
    error:
      text("error_code") === null
        ? null
        : {
            kind: text("error_kind") ?? "",
            code: text("error_code")!,
            message: text("error_message") ?? "",
            name: text("error_name") ?? "",
            ...(text("error_stack") === null ? {} : { stack: text("error_stack")! }),
          },
    log: JSON.parse(text("log") ?? "[]"),
    executions: attemptsOf(db, row.n as number),
  };
}
