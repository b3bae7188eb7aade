import type { TasksPage, TasksQuery } from "../schemas/index.ts";
import type { Database } from "../sql/database.ts";
import { type Place, readCursor } from "./cursor.ts";
import { pageOf } from "./page.ts";
import { FULL_COLUMNS, TASK_COLUMNS, TASK_TABLES, toTask } from "./task-columns.ts";
import { countTasks, taskKeys } from "./task-keys.ts";

/**
 * Tasks that match, a page at a time. A text search sorts by first seen only (`oldest`, otherwise newest first).
 * @throws PermanentError `BAD_SEARCH`, `BAD_CURSOR`
 */
export function listTasks(db: Database, query: TasksQuery): TasksPage {
  const after = query.cursor ? readCursor(query.cursor) : undefined;
  const offset = after ? 0 : query.offset;
  const keys = taskKeys(db, query, { after, offset, count: query.limit + 1 });
  const columns = query.full ? FULL_COLUMNS : TASK_COLUMNS;
  const shown = keys.map(([, n]) =>
    toTask(db.get(`SELECT ${columns} FROM ${TASK_TABLES} WHERE t.n = ?`, n)!),
  );
  const places = new Map(shown.map((task, i) => [task, keys[i] as Place]));
  const { items, cursor } = pageOf(shown, query.limit, (task) => places.get(task)!);
  return { tasks: items, cursor, total: countTasks(db, query) };
}
