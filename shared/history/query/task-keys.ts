import { type TaskSort, TaskState, type TasksQuery } from "../schemas/index.ts";
import type { Database, Row, Value } from "../sql/database.ts";
import type { Place } from "./cursor.ts";
import { Filter } from "./filter.ts";
import { parseSearch } from "./search.ts";

/** Column a sort walks along, and which way. */
const SORTS: Record<TaskSort, readonly [key: string, way: "ASC" | "DESC"]> = {
  newest: ["created", "DESC"],
  oldest: ["created", "ASC"],
  updated: ["updated", "DESC"],
  runtime: ["runtime_ms", "DESC"],
  wait: ["wait_ms", "DESC"],
  attempts: ["attempts", "DESC"],
  stage: ["stage", "ASC"],
  "-stage": ["stage", "DESC"],
  state: ["state", "ASC"],
  "-state": ["state", "DESC"],
  received: ["coalesce(received, 0)", "ASC"],
  "-received": ["coalesce(received, 0)", "DESC"],
  started: ["coalesce(started, 0)", "ASC"],
  "-started": ["coalesce(started, 0)", "DESC"],
};

export interface Window {
  after: Place | undefined;
  offset: number;
  count: number;
}

const toPlaces = (rows: Row[]): Place[] => rows.map((row) => [row.key as number | string, row.n as number]);

function conditions(query: TasksQuery): Filter {
  return new Filter()
    .and("pipeline = ?", query.pipeline)
    .and("queue = ?", query.queue)
    .and("worker = ?", query.worker)
    .and("run = ?", query.run)
    .and("created >= ?", query.from)
    .and("created < ?", query.to)
    .and("(received IS NULL OR received >= ?)", query.receivedFrom)
    .and("(received IS NULL OR received <= ?)", query.receivedTo);
}

/** Tasks that match, in order, as sort key and row number. */
export function taskKeys(db: Database, query: TasksQuery, window: Window): Place[] {
  if (query.q) return searchKeys(db, query, window, parseSearch(query.q));
  const [column, way] = SORTS[query.sort];
  const walk = (filter: Filter, count: number, offset = 0): Place[] => {
    if (column === "runtime_ms" || column === "wait_ms") filter.and(`${column} IS NOT NULL`);
    if (window.after) filter.and(`(${column}, n) ${way === "ASC" ? ">" : "<"} (?, ?)`, ...window.after);
    const sql = `SELECT ${column} AS key, n FROM tasks ${filter.sql} ORDER BY ${column} ${way}, n ${way} LIMIT ? OFFSET ?`;
    return toPlaces(db.all(sql, ...filter.parameters, count, offset));
  };
  // The index gives one stage and state in order of creation. Of several, each is walked and the walks are merged, because
  // SQLite would sort everything that matches instead; so one index serves every filter by stage, state or both.
  const { stage: stages, state: states } = query;
  if (column === "created" && !query.worker && !query.run && (stages || states)) {
    const walks: Place[] = [];
    for (const state of states ?? TaskState.options)
      for (const stage of stages ?? stagesOf(db))
        walks.push(
          ...walk(
            conditions(query).and("stage = ?", stage).and("state = ?", state),
            window.offset + window.count,
          ),
        );
    const sign = way === "ASC" ? 1 : -1;
    walks.sort((a, b) => sign * ((a[0] as number) - (b[0] as number) || a[1] - b[1]));
    return walks.slice(window.offset, window.offset + window.count);
  }
  return walk(conditions(query).in("stage", stages).in("state", states), window.count, window.offset);
}

/** By row number, which is the order in which tasks were first seen: the text index yields matches in it without a sort. */
function searchKeys(db: Database, query: TasksQuery, window: Window, match: string): Place[] {
  const way = query.sort === "oldest" ? "ASC" : "DESC";
  const filter = conditions(query).in("stage", query.stage).in("state", query.state);
  const parameters: Value[] = [match];
  if (window.after) parameters.push(window.after[1]);
  const rows = db.all(
    `SELECT created AS key, n FROM task_text JOIN tasks ON tasks.n = task_text.rowid
     WHERE task_text MATCH ? ${window.after ? `AND task_text.rowid ${way === "ASC" ? ">" : "<"} ?` : ""}
     ${filter.conditions.map((condition) => `AND ${condition}`).join(" ")}
     ORDER BY task_text.rowid ${way} LIMIT ? OFFSET ?`,
    ...parameters,
    ...filter.parameters,
    window.count,
    window.offset,
  );
  return toPlaces(rows);
}

/** How many tasks match; null where that would mean walking the text index or looking into every row. */
export function countTasks(db: Database, query: TasksQuery): number | null {
  if (query.q || query.queue || query.pipeline) return null;
  if (!query.stage && query.state) query = { ...query, stage: stagesOf(db) };
  const filter = conditions(query).in("stage", query.stage).in("state", query.state);
  return db.get(`SELECT count(*) AS n FROM tasks ${filter.sql}`, ...filter.parameters)!.n as number;
}

/** Every stage a task was ever seen of. */
const stagesOf = (db: Database): string[] =>
  db.all("SELECT DISTINCT stage FROM task_counts").map(({ stage }) => stage as string);
