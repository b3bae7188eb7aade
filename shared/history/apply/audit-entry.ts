import type { AuditRecord } from "../schemas/index.ts";
import type { Database } from "../sql/database.ts";

/** Largest details kept, characters of JSON. */
const DETAILS = 20_000;

/** Adds an operator's action to the trail. */
export function storeAuditEntry(db: Database, entry: AuditRecord): void {
  const { seq, at, action, target, by, role, reason, details } = entry;
  const json = details === null ? null : JSON.stringify(details);
  db.run(
    "INSERT OR REPLACE INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    ...[seq, at, action, target.slice(0, 500), by.slice(0, 200), role, reason?.slice(0, 2000) ?? null],
    json !== null && json.length > DETAILS ? JSON.stringify({ cut: json.slice(0, DETAILS) }) : json,
  );
}
