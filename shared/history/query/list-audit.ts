import type { AuditPage, AuditQuery, AuditRecord } from "../schemas/index.ts";
import type { Database, Row } from "../sql/database.ts";
import { readCursor } from "./cursor.ts";
import { Filter } from "./filter.ts";
import { pageOf } from "./page.ts";

/** What workers are told was once called `control`, with the verb in the details. */
const ACTION = `CASE WHEN action = 'control' AND json_extract(details, '$.verb') IS NOT NULL
  THEN 'worker.' || json_extract(details, '$.verb') ELSE action END`;

/** What people did, newest first. @throws PermanentError `BAD_CURSOR` */
export function listAudit(db: Database, query: AuditQuery): AuditPage {
  const { action, by, target } = query;
  const filter = new Filter().and("by = ?", by);
  if (action?.endsWith("*"))
    filter.and(`${ACTION} GLOB ?`, `${action.slice(0, -1).replace(/[[*?]/g, "[$&]")}*`);
  else filter.and(`${ACTION} = ?`, action);
  filter.and("instr(target, ?) > 0", target);
  if (query.cursor) filter.and("seq < ?", readCursor(query.cursor)[1]);
  const rows = db.all(
    `SELECT *, ${ACTION} AS named FROM audit ${filter.sql} ORDER BY seq DESC LIMIT ?`,
    ...filter.parameters,
    query.limit + 1,
  );
  const { items, cursor } = pageOf(rows, query.limit, (row: Row) => [0, row.seq as number]);
  return { entries: items.map(toRecord), cursor };
}

const toRecord = (row: Row): AuditRecord => ({
  seq: row.seq as number,
  at: row.at as number,
  action: row.named as string,
  target: row.target as string,
  by: row.by as string,
  role: row.role as string | null,
  reason: row.reason as string | null,
  details: row.details === null ? null : JSON.parse(row.details as string),
});
