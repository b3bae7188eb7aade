import type { RunsPage, RunsQuery } from "../schemas/index.ts";
import type { Database, Row } from "../sql/database.ts";
import { readCursor } from "./cursor.ts";
import { Filter } from "./filter.ts";
import { pageOf } from "./page.ts";
import { toRun } from "./run-columns.ts";

const PHASE = { active: "final = 0 AND waits = 0", waiting: "waits = 1", final: "final = 1" } as const;

/** Runs, newest first. */
export function listRuns(db: Database, query: RunsQuery): RunsPage {
  const filter = new Filter()
    .and("pipeline = ?", query.pipeline)
    .and("parent = ?", query.parent)
    .in("state", query.state);
  if (query.phase) filter.and(PHASE[query.phase]);
  if (query.q) {
    const part = `%${query.q.replace(/[\\%_]/g, "\\$&")}%`;
    filter.and("(name LIKE ? ESCAPE '\\' OR uid LIKE ? ESCAPE '\\')", part, part);
  }
  const total = query.q
    ? null
    : (db.get(`SELECT count(*) AS n FROM runs ${filter.sql}`, ...filter.parameters)!.n as number);
  if (query.cursor) filter.and(`(${query.sort}, n) < (?, ?)`, ...readCursor(query.cursor));
  const rows = db.all(
    `SELECT * FROM runs ${filter.sql} ORDER BY ${query.sort} DESC, n DESC LIMIT ?`,
    ...filter.parameters,
    query.limit + 1,
  );
  const { items, cursor } = pageOf(rows, query.limit, (row: Row) => [
    row[query.sort] as number,
    row.n as number,
  ]);
  return { runs: items.map(toRun), cursor, total };
}
