import type { RunsPage, RunsQuery } from "../schemas/index.ts";
import type { Database, Row } from "../sql/database.ts";
import { readCursor } from "./cursor.ts";
import { Filter } from "./filter.ts";
import { pageOf } from "./page.ts";
import { toRun } from "./run-columns.ts";

/** Written so that the index of unfinished runs serves the first two. */
const PHASE = {
  active: "final = 0 AND waits = 0",
  waiting: "final = 0 AND waits = 1",
  final: "final = 1",
} as const;

function conditions(query: RunsQuery): Filter {
  const filter = new Filter().and("pipeline = ?", query.pipeline).and("parent = ?", query.parent);
  if (query.phase) filter.and(PHASE[query.phase]);
  if (!query.q) return filter;
  const part = `%${query.q.replace(/[\\%_]/g, "\\$&")}%`;
  return filter.and("(name LIKE ? ESCAPE '\\' OR uid LIKE ? ESCAPE '\\')", part, part);
}

/** Runs, newest first. @throws PermanentError `BAD_CURSOR` */
export function listRuns(db: Database, query: RunsQuery): RunsPage {
  const after = query.cursor ? readCursor(query.cursor) : undefined;
  const walk = (filter: Filter): Row[] => {
    if (after) filter.and(`(${query.sort}, n) < (?, ?)`, ...after);
    const sql = `SELECT * FROM runs ${filter.sql} ORDER BY ${query.sort} DESC, n DESC LIMIT ?`;
    return db.all(sql, ...filter.parameters, query.limit + 1);
  };
  // The index gives one state in order; of several, each is walked and the walks are merged.
  const rows = query.state
    ? query.state.flatMap((state) => walk(conditions(query).and("state = ?", state)))
    : walk(conditions(query));
  const key = (row: Row) => row[query.sort] as number;
  rows.sort((a, b) => key(b) - key(a) || (b.n as number) - (a.n as number));
  const { items, cursor } = pageOf(rows, query.limit, (row) => [key(row), row.n as number]);
  return { runs: items.map(toRun), cursor, total: countRuns(db, query) };
}

/** How many runs match; null for a text search, which would look at every run. */
function countRuns(db: Database, query: RunsQuery): number | null {
  if (query.q) return null;
  if (query.parent === undefined && !query.phase) {
    const filter = new Filter().and("pipeline = ?", query.pipeline).in("state", query.state);
    return (
      (db.get(`SELECT sum(n) AS n FROM run_counts ${filter.sql}`, ...filter.parameters)!.n as number) ?? 0
    );
  }
  const filter = conditions(query).in("state", query.state);
  return db.get(`SELECT count(*) AS n FROM runs ${filter.sql}`, ...filter.parameters)!.n as number;
}
