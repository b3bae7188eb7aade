import type { WorkerRow, WorkersAnswer, WorkersQuery } from "../schemas/index.ts";
import type { Database, Row } from "../sql/database.ts";
import { Filter } from "./filter.ts";

/** A worker that was not heard from for this long is offline, ms. Beats come every few seconds. */
export const SILENCE_MS = 20_000;

/** Workers, those heard from last first. */
export function listWorkers(db: Database, query: WorkersQuery, now = Date.now()): WorkersAnswer {
  const filter = new Filter().and("stage = ?", query.stage);
  if (query.online === true) filter.and("state <> 'offline' AND at >= ?", now - SILENCE_MS);
  if (query.online === false) filter.and("(state = 'offline' OR at < ?)", now - SILENCE_MS);
  const rows = db.all(`SELECT * FROM workers ${filter.sql} ORDER BY at DESC LIMIT 500`, ...filter.parameters);
  return { at: now, workers: rows.map((row) => toWorker(row, now)) };
}

function toWorker(row: Row, now: number): WorkerRow {
  const online = row.state !== "offline" && (row.at as number) >= now - SILENCE_MS;
  return {
    worker: row.worker as string,
    host: row.host as string,
    pid: row.pid as number,
    stage: row.stage as string,
    queue: row.queue as string,
    slots: row.slots as number,
    active: online ? (row.active as number) : 0,
    processed: row.processed as number,
    failed: row.failed as number,
    duplicates: row.duplicates as number,
    residentBytes: row.resident_bytes as number,
    cpuSeconds: row.cpu_seconds as number,
    startedAt: row.started_at as number,
    at: row.at as number,
    state: online ? (row.state as WorkerRow["state"]) : "offline",
    version: row.version as string,
    online,
    perSecond: rate(row, "processed"),
    cpu: rate(row, "cpu_seconds"),
  };
}

/** Growth per second between the last two beats. */
function rate(row: Row, column: string): number | null {
  const since = row.last_at as number | null;
  const span = since === null ? 0 : (row.at as number) - since;
  return span <= 0
    ? null
    : Math.max(0, (((row[column] as number) - (row[`last_${column}`] as number)) / span) * 1000);
}
