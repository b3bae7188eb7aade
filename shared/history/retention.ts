import { LATENCY_MS } from "./apply/tallies.ts";
import { FINISHED_STATES } from "./schemas/index.ts";
import type { Database } from "./sql/database.ts";

export interface Retention {
  /** Finished tasks older than this go. */
  days: number;
  /** The oldest finished tasks beyond this many rows go. */
  rows: number;
}

/** Rows dropped in one transaction: short enough never to be felt by a query. */
const CHUNK = 500;
/** Rates and durations are kept as long as the widest window of the overview. */
const NUMBERS_MS = 6 * 3_600_000 + LATENCY_MS;
/** Workers not heard from for this long go. */
const WORKERS_MS = 86_400_000;

/** Drops one chunk of what is too old or too much; counts by state stay. Returns how many tasks went. */
export function dropOld(db: Database, retention: Retention, now = Date.now()): number {
  const tasks = db.get("SELECT count(*) AS n FROM tasks")!.n as number;
  const finished = FINISHED_STATES.map((state) => `'${state}'`).join(", ");
  const tooMany = Math.min(CHUNK, Math.max(0, tasks - retention.rows));
  const oldest = "SELECT n FROM tasks INDEXED BY tasks_created WHERE state IN";
  const rows = [
    ...db.all(`${oldest} (${finished}) ORDER BY created LIMIT ?`, tooMany),
    ...db.all(
      `${oldest} (${finished}) AND created < ? AND updated < ? ORDER BY created LIMIT ?`,
      now - retention.days * 86_400_000,
      now - retention.days * 86_400_000,
      CHUNK,
    ),
  ];
  const gone = [...new Set(rows.map(({ n }) => n as number))];
  db.transaction(() => {
    for (const n of gone) dropTask(db, n);
    db.run("DELETE FROM ticks WHERE slot < ?", now - NUMBERS_MS);
    db.run("DELETE FROM latencies WHERE slot < ?", now - NUMBERS_MS);
    db.run("DELETE FROM workers WHERE at < ?", now - WORKERS_MS);
  });
  return gone.length;
}

/** Removes a task and everything kept with it. */
export function dropTask(db: Database, n: number): void {
  db.run("DELETE FROM attempts WHERE task = ?", n);
  db.run("DELETE FROM task_bodies WHERE n = ?", n);
  db.run("DELETE FROM task_text WHERE rowid = ?", n);
  db.run("DELETE FROM tasks WHERE n = ?", n);
}
