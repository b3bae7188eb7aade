import type { WorkerBeat } from "#shared/messages";
import type { Database } from "../sql/database.ts";

/** Keeps a worker's last sign of life, and of the one before what rates are made from. An older beat changes nothing. */
export function applyBeat(db: Database, beat: WorkerBeat): void {
  db.run(
    `INSERT INTO workers (worker, host, pid, stage, queue, slots, active, processed, failed, duplicates, resident_bytes,
       cpu_seconds, started_at, at, state, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET last_at = at, last_processed = processed, last_cpu_seconds = cpu_seconds,
       host = excluded.host, pid = excluded.pid, stage = excluded.stage, queue = excluded.queue, slots = excluded.slots,
       active = excluded.active, processed = excluded.processed, failed = excluded.failed,
       duplicates = excluded.duplicates, resident_bytes = excluded.resident_bytes, cpu_seconds = excluded.cpu_seconds,
       started_at = excluded.started_at, at = excluded.at, state = excluded.state, version = excluded.version
     WHERE excluded.at > at`,
    beat.worker,
    beat.host,
    beat.pid,
    beat.stage,
    beat.queue,
    beat.slots,
    beat.active,
    beat.processed,
    beat.failed,
    beat.duplicates,
    beat.residentBytes,
    beat.cpuSeconds,
    beat.startedAt,
    beat.at,
    beat.state,
    beat.version,
  );
}
