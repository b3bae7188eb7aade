import type { DeadLetter, DeadPage, DeadQuery } from "../schemas/index.ts";
import type { Database, Row } from "../sql/database.ts";
import { readCursor } from "./cursor.ts";
import { Filter } from "./filter.ts";
import { pageOf } from "./page.ts";

/** Dead letters, newest first. */
export function listDead(db: Database, query: DeadQuery): DeadPage {
  const filter = new Filter()
    .and("pipeline = ?", query.pipeline)
    .and("stage = ?", query.stage)
    .and("reason = ?", query.reason);
  const total = db.get(`SELECT count(*) AS n FROM dead ${filter.sql}`, ...filter.parameters)!.n as number;
  if (query.cursor) filter.and("seq < ?", readCursor(query.cursor)[1]);
  const rows = db.all(
    `SELECT * FROM dead ${filter.sql} ORDER BY seq DESC LIMIT ?`,
    ...filter.parameters,
    query.limit + 1,
  );
  const { items, cursor } = pageOf(rows, query.limit, (row: Row) => [0, row.seq as number]);
  return { letters: items.map((row) => ({ ...row }) as unknown as DeadLetter), cursor, total };
}
