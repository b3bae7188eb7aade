import type { Pipeline } from "#shared/pipeline";
import type { Database } from "../sql/database.ts";
import { Batch } from "./batch.ts";
import type { StreamRecord } from "./record.ts";

/**
 * Applies records in one transaction, together with how far their streams were read. A record at or below that place was
 * applied before and changes nothing, so records may be given again, all or some of them, after any crash.
 */
export function applyRecords(
  db: Database,
  pipelines: readonly Pipeline[],
  records: readonly StreamRecord[],
): void {
  db.transaction(() => {
    const batch = new Batch(db, pipelines);
    const places = new Map<string, number>();
    for (const record of records) {
      const place = places.get(record.stream) ?? placeIn(db, record.stream);
      if (record.seq <= place) continue;
      places.set(record.stream, record.seq);
      batch.apply(record);
    }
    batch.store();
    for (const [stream, seq] of places)
      db.run(
        "INSERT INTO streams VALUES (?, 0, ?) ON CONFLICT DO UPDATE SET seq = excluded.seq",
        stream,
        seq,
      );
  });
}

/** Sequence of the last message applied from a stream; 0 when none was. */
export function placeIn(db: Database, stream: string): number {
  return (db.get("SELECT seq FROM streams WHERE stream = ?", stream)?.seq as number | undefined) ?? 0;
}
